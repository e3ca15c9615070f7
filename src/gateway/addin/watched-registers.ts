import type { GatewayParts } from '../gateway-parts.ts';
import { openRegisters, type OpenRegisters, type RetiredRegister } from '../lookup/open-registers.ts';
import { raiseAlarm } from '../upkeep/raise-alarm.ts';

type WatchedParts = Pick<GatewayParts, 'settings' | 'database' | 'directory' | 'log' | 'now' | 'wake'>;

const QUIET_MS = 86_400_000;

/** The registers; a version of one that is gone is told to the watch mailbox, once a day. */
export function openWatchedRegisters(parts: WatchedParts): OpenRegisters {
  const { settings, log, now } = parts;
  return openRegisters({
    settings, log, now,
    onRetired(retired) {
      tellRetired(parts, retired).catch((error: unknown) => {
        log.error({ state: 'alarm-failed', reason: error });
      });
    },
  });
}

async function tellRetired(parts: WatchedParts, { organisation, register, version }: RetiredRegister): Promise<void> {
  const name = register.toUpperCase();
  const cvr = organisation.cvrNumbers[0] ?? '';
  await raiseAlarm(parts, {
    key: `register-retired ${cvr} ${register} ${version}`,
    organisationCvr: cvr,
    subject: `Opslag i ${name} virker ikke mere`,
    text:
      `${name} svarer »findes ikke« på alle opslag${version === '' ? '' : ` i version ${version}`}. Så er den version nok lukket. ` +
      `DPG-administratoren skal vælge den nye version i opsætningen (docs/navneopslag.md). Indtil da kan ingen slå navne op i ${name}; ` +
      'der kan sendes som før.',
    quietMs: QUIET_MS,
  });
}

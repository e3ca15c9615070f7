import { createHash } from 'node:crypto';
import type { GatewayParts } from '../gateway-parts.ts';
import type { LiveOrganisations } from '../settings/live-organisations.ts';
import { startChore } from '../outbox/chore.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { TlsLook } from '../store/tls-files.ts';

const DAY_MS = 86_400_000;
const FAULTS_TOLD_MAX = 20;

/** Something that uses a certificate, and takes a new one into use when it is told to look. */
export interface Renewable {
  /** For the log. */
  readonly name: string;
  renew(): Promise<TlsLook>;
}

type FollowParts = Pick<GatewayParts, 'settings' | 'database' | 'directory' | 'log' | 'now' | 'wake'> & {
  readonly live: LiveOrganisations;
  readonly renewables: readonly Renewable[];
};

/** Looks again and again at the file of organisations and at certificates and keys; what is new there is used without a restart. */
export function startFollowingFiles(parts: FollowParts): { stop(): Promise<void> } {
  const looks = new Map<string, TlsLook>();
  return startChore({
    name: 'files',
    pauseMs: parts.settings.FILES_POLL_MS,
    log: parts.log,
    async run() {
      await followOrganisations(parts);
      for (const renewable of parts.renewables) await followCertificate(parts, renewable, looks);
    },
  });
}

async function followOrganisations(parts: FollowParts): Promise<void> {
  const { live, log } = parts;
  const look = live.look();
  if (look.kind === 'same') return;
  if (look.kind === 'changed') {
    log.info({ state: 'organisations-changed', organisations: live.organisations().length });
    parts.wake();
    return;
  }
  log.error({ state: 'organisations-faulty', reason: look.faults.join(' | ') });
  // By content: the same wrong file is told of once, whichever of the gateway's processes saw it.
  const mark = createHash('sha256').update(look.faults.join('\n')).digest('hex').slice(0, 16);
  for (const { cvrNumbers: [organisationCvr = ''] } of parts.directory.organisations) {
    await raiseAlarm(parts, {
      key: `organisations-faulty ${organisationCvr} ${mark}`,
      organisationCvr,
      subject: 'Postbro: filen med organisationer kan ikke bruges',
      text: faultText(look.faults),
      quietMs: DAY_MS,
    });
  }
}

function faultText(faults: readonly string[]): string {
  const told = faults.slice(0, FAULTS_TOLD_MAX).map((fault) => `- ${fault}`);
  const more = faults.length > FAULTS_TOLD_MAX ? [`- og ${faults.length - FAULTS_TOLD_MAX} til`] : [];
  return [
    'Filen med organisationer (ORGANISATIONS_FILE) er ændret, men kan ikke bruges. Gatewayen arbejder videre med den tidligere.',
    'Ret filen; så tages den i brug af sig selv. Genstartes gatewayen forinden, starter den ikke.',
    '',
    ...told, ...more,
  ].join('\n');
}

async function followCertificate({ log }: FollowParts, { name, renew }: Renewable, looks: Map<string, TlsLook>): Promise<void> {
  const look = await renew();
  const before = looks.get(name);
  looks.set(name, look);
  if (look === 'new') log.info({ state: 'certificate-renewed', of: name });
  // Once, not at every look; the daily look at all certificates tells people (certificates.ts).
  if (look === 'unfit' && before !== 'unfit') log.warn({ state: 'certificate-unfit', of: name });
}

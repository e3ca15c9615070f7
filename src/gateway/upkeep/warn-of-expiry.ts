import type { GatewayParts } from '../gateway-parts.ts';
import { listExpiries, type Expiry } from './list-expiries.ts';
import { EXPIRY_WARNING_DAYS } from '../settings/lookup-settings.ts';
import { danishDayAndTime } from '../notify/danish-time.ts';
import { raiseAlarm } from './raise-alarm.ts';

type WarnParts = Pick<GatewayParts, 'settings' | 'organisations' | 'database' | 'directory' | 'log' | 'now' | 'wake'>;

const DAY_MS = 86_400_000;
/** A step is told once, ever: its key has the day on which the certificate ends. */
const FOR_EVER_MS = 3_650 * DAY_MS;

/**
 * The story of what ends some day: the watch mailbox is told 60, 30, 14, 7 and 1 days ahead (reliability.md, T35), each step
 * once however many gateways run and whenever they were off, and every day from the end on. What is the gateway's own
 * concerns everybody. What cannot be used is told when it still cannot at the next look: a pair that is just being copied
 * does not fit either.
 */
export function openExpiryWarnings(parts: WarnParts): () => Promise<void> {
  let unfitBefore: ReadonlySet<string> = new Set();
  return async () => {
    const expiries = await listExpiries(parts);
    const unfit = new Set(expiries.filter(({ state }) => state === 'kan ikke bruges').map(nameOf));
    for (const expiry of expiries) {
      if (!unfit.has(nameOf(expiry)) || unfitBefore.has(nameOf(expiry))) await warnOf(parts, expiry);
    }
    unfitBefore = unfit;
  };
}

function nameOf({ organisationCvr, file }: Expiry): string {
  return `${organisationCvr ?? ''} ${file}`;
}

async function warnOf(parts: WarnParts, expiry: Expiry): Promise<void> {
  const warning = warningOf(expiry, parts.now());
  if (warning === null) return;
  const concerned = parts.organisations().filter(({ cvrNumbers }) => expiry.organisationCvr === null || cvrNumbers[0] === expiry.organisationCvr);
  for (const { cvrNumbers: [organisationCvr = ''] } of concerned) {
    await raiseAlarm(parts, { ...warning, key: `expiry ${organisationCvr} ${expiry.file} ${warning.step}`, organisationCvr });
  }
}

interface Warning {
  /** Which telling of it this is. */
  readonly step: string;
  readonly subject: string;
  readonly text: string;
  readonly quietMs: number;
}

function warningOf(expiry: Expiry, now: Date): Warning | null {
  const { until, daysLeft, state } = expiry;
  const thing = `${expiry.kind === 'certificate' ? 'certifikatet' : 'hemmeligheden'} til ${expiry.uses.join(', ')}`;
  if (state === 'kan ikke bruges') {
    return { step: 'unusable', subject: `Postbro: ${thing} kan ikke bruges`, text: textOf(expiry), quietMs: DAY_MS };
  }
  if (until === null || daysLeft === null) return null;
  if (state === 'udløbet') {
    const daysSince = Math.floor((now.getTime() - until.getTime()) / DAY_MS);
    return {
      step: `${until.toISOString()} +${daysSince}`, subject: `Postbro: ${thing} er udløbet`, text: textOf(expiry), quietMs: FOR_EVER_MS,
    };
  }
  const step = EXPIRY_WARNING_DAYS.filter((days) => until.getTime() - now.getTime() <= days * DAY_MS).at(-1);
  if (step === undefined) return null;
  const when = daysLeft === 1 ? 'inden for et døgn' : `om ${daysLeft} dage`;
  return {
    step: `${until.toISOString()} -${step}`, subject: `Postbro: ${thing} udløber ${when}`, text: textOf(expiry), quietMs: FOR_EVER_MS,
  };
}

function textOf({ kind, organisationCvr, organisationName, uses, file, subject, until, state, fault }: Expiry): string {
  const whose = organisationCvr === null ? 'Gatewayen selv, og dermed alle organisationer' : `${organisationName ?? ''} (CVR ${organisationCvr})`;
  return [
    OPENINGS[state],
    '',
    `Hvad: ${kind === 'certificate' ? `certifikat${subject === null ? '' : ` (${subject})`}` : 'hemmelighed eller API-nøgle'}`,
    `Hvis: ${whose}`,
    `Bruges til: ${uses.join(', ')}`,
    `Fil: ${file}`,
    ...(until === null ? [] : [`Gælder til: ${danishDayAndTime(until)}`]),
    ...(fault === null ? [] : [`Fejl: ${fault}`]),
    '',
    kind === 'certificate' ? RENEW_CERTIFICATE : RENEW_SECRET,
  ].join('\n');
}

const OPENINGS: Readonly<Record<Expiry['state'], string>> = {
  gyldig: '',
  'ukendt udløb': '',
  'udløber snart': 'Det skal fornys, før det udløber, ellers standser det, som det bruges til.',
  udløbet: 'Det er udløbet. Det, som det bruges til, virker ikke, før det er fornyet. I får denne besked hver dag, til det er sket.',
  'kan ikke bruges': 'Filen kan ikke bruges, som den er. Er den lige skiftet, arbejder gatewayen videre med den tidligere, men ikke efter en genstart.',
};
const RENEW_CERTIFICATE =
  'Gør sådan: Få udstedt et nyt certifikat, registrér det hos modtageren, og læg certifikat og nøgle på filernes plads. '
  + 'Gatewayen tager dem i brug af sig selv, uden genstart. Se docs/drift.md, »Certifikater og fornyelse«.';
const RENEW_SECRET =
  'Gør sådan: Opret en ny hemmelighed hos udstederen, skriv den i filen, og ret dens sidste dag i ORGANISATIONS_FILE. '
  + 'Gatewayen tager den i brug af sig selv, uden genstart. Se docs/drift.md, »Certifikater og fornyelse«.';

import type { Company } from '../../domain/gateway-api.ts';

type State = Pick<Company, 'state' | 'stateText' | 'ceasedOn'>;

/** What a register says of a company's life; dates are Danish ones. */
export interface CompanyLife {
  /** `sammensatStatus` of Virk, or `status` of Datafordeleren; null where it is not told. */
  readonly status: string | null;
  readonly startedOn: string | null;
  /** From which day it is no more; null while it lives. */
  readonly endedOn: string | null;
  /** False where the register has no life of it at all. */
  readonly isTold: boolean;
}

/**
 * Active is a company whose life is open and whose status is NORMAL (of the capital forms) or AKTIV (of the others); a
 * status alone is not enough (registers-identity.md 2.3). Open with another status is in distress, with the status in words.
 */
export function companyStateOf(life: CompanyLife, today: string): State {
  const known = STATUSES[keyOf(life.status)] ?? troubled(wordsOf(life.status));
  const hasEnded = life.endedOn !== null && life.endedOn <= today;
  if (known.state === 'ceased') return { ...worded(known), ceasedOn: life.endedOn };
  if (hasEnded) return { ...worded(ENDED), ceasedOn: life.endedOn };
  if (known.state === 'active' && life.startedOn !== null && life.startedOn > today) return { ...worded(FUTURE), ceasedOn: null };
  if (known.state === 'active' && !life.isTold) return { ...worded(troubled(wordsOf(null))), ceasedOn: null };
  return { ...worded(known), ceasedOn: null };
}

function worded({ state, text }: Status): Pick<State, 'state' | 'stateText'> {
  return { state, stateText: text };
}

/** The words of Virk for the two statuses that are active, for a search that leaves the others out. */
export const ACTIVE_STATUSES = ['NORMAL', 'Aktiv'] as const;

function keyOf(status: string | null): string {
  return (status ?? '').normalize('NFC').toUpperCase().replace(/[\s_-]/g, '');
}

const STATUS_TEXT_MAX_LENGTH = 60;

/** A status that has come since: as the register writes it. */
function wordsOf(status: string | null): string {
  const text = (status ?? '').trim().slice(0, STATUS_TEXT_MAX_LENGTH);
  return text === '' ? 'Status ikke oplyst' : text;
}

interface Status {
  readonly state: Company['state'];
  readonly text: string | null;
}

const active = { state: 'active', text: null } as const;
const troubled = (text: string): Status => ({ state: 'in-distress', text });
const gone = (text: string): Status => ({ state: 'ceased', text });
const ENDED = gone('Ophørt');
const FUTURE: Status = { state: 'not-started', text: 'Ikke startet endnu' };

/** The values of `sammensatStatus` (cvr-sammensat-status.csv), one of them in the two spellings that are seen. */
const STATUSES: Readonly<Record<string, Status>> = {
  NORMAL: active,
  AKTIV: active,
  FREMTID: FUTURE,
  UDENRETSVIRKNING: troubled('Uden retsvirkning'),
  UNDERFRIVILLIGLIKVIDATION: troubled('Under frivillig likvidation'),
  UNDERREASSUMERING: troubled('Under reassumering'),
  UNDERREASUMMERING: troubled('Under reassumering'),
  UNDERKONKURS: troubled('Under konkurs'),
  UNDERTVANGSOPLØSNING: troubled('Under tvangsopløsning'),
  UNDERREKONSTRUKTION: troubled('Under rekonstruktion'),
  TVANGSOPLØST: gone('Tvangsopløst'),
  OPLØSTEFTERKONKURS: gone('Opløst efter konkurs'),
  OPHØRT: ENDED,
  OPLØST: gone('Opløst'),
  OPLØSTEFTERERKLÆRING: gone('Opløst efter erklæring'),
  OPLØSTEFTERFRIVILLIGLIKVIDATION: gone('Opløst efter frivillig likvidation'),
  OPLØSTEFTERFUSION: gone('Opløst efter fusion'),
  OPLØSTEFTERGRÆNSEOVERSKRIDENDEFUSION: gone('Opløst efter grænseoverskridende fusion'),
  OPLØSTEFTERSPALTNING: gone('Opløst efter spaltning'),
  SLETTET: gone('Slettet'),
};

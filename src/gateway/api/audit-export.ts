import type { AuditEntry } from '../../domain/gateway-api.ts';
import { csvLine, csvMark, csvTime } from './csv-line.ts';

type Pages = AsyncIterable<readonly AuditEntry[]>;
type Format = 'csv' | 'json';
type Row = Readonly<Record<string, string | null>>;

/** The audit with everything in it, for those who look after it. */
export function internalExport(pages: Pages, format: Format): AsyncGenerator<string, void, undefined> {
  return written(pages, format, (entry) => ({
    tidspunkt: csvTime(new Date(entry.at)),
    hvem: entry.actor,
    art: ACTORS[entry.actorKind],
    postkasse: entry.mailbox,
    handling: ACTIONS[entry.action] ?? entry.action,
    nummer: entry.subject,
    formål: entry.purpose,
    udfald: entry.outcome,
    reference: entry.reference,
  }));
}

/**
 * What a citizen has a right to see: when somebody looked, and why, and not which employee it was (registers-identity.md 5:
 * Datatilsynet 2024-32-0283, after C-579/21). Looks at this very log, to answer the citizen among others, are left out.
 */
export function citizenExport(pages: Pages, format: Format, organisation: string): AsyncGenerator<string, void, undefined> {
  return written(pages, format, ({ at, action, purpose }) =>
    action.startsWith('audit-') ? null : { tidspunkt: csvTime(new Date(at)), formål: purpose, organisation });
}

const ACTORS = { person: 'person', program: 'program', gateway: 'gatewayen' } as const;

/** What the audit calls things, in words; a word that is not here stands as it is. */
const ACTIONS: Readonly<Record<string, string>> = {
  'lookup-person': 'opslag i CPR',
  'lookup-company': 'opslag i CVR',
  'search-company': 'søgning i CVR',
  'lookup-person-batch': 'opslag i CPR fra en liste',
  'lookup-company-batch': 'opslag i CVR fra en liste',
  check: 'tjek af modtager',
  stop: 'stop',
  resend: 'send igen',
  approve: 'godkendelse',
  reject: 'afvisning',
  proof: 'bevis hentet',
  failures: 'fejlliste hentet',
  'audit-search': 'søgning i loggen',
  'audit-export': 'eksport af loggen',
  'admin-mailboxes': 'postkasser set',
  'admin-certificates': 'certifikater set',
  'admin-connection-tests': 'test af forbindelser',
  'guide-step': 'trin i vejledning',
};

async function* written(pages: Pages, format: Format, rowOf: (entry: AuditEntry) => Row | null): AsyncGenerator<string, void, undefined> {
  let lead = format === 'csv' ? csvMark : '[\n';
  let isFirst = true;
  for await (const page of pages) {
    let text = '';
    for (const entry of page) {
      const row = rowOf(entry);
      if (row === null) continue;
      if (format === 'json') text += `${isFirst ? '' : ',\n'}${JSON.stringify(row)}`;
      else text += `${isFirst ? csvLine(Object.keys(row)) : ''}${csvLine(Object.values(row))}`;
      isFirst = false;
    }
    yield lead + text;
    lead = '';
  }
  yield lead + (format === 'json' ? '\n]\n' : isFirst ? csvLine(['ingen rækker']) : '');
}

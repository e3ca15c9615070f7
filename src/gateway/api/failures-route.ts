import { z } from 'zod';
import { channels } from '../../domain/channel.ts';
import { parseGatewayAddress, type RecipientId } from '../../domain/gateway-address.ts';
import { insertAudit } from '../store/audit.ts';
import { pageOfDeliveries, type NamedDeliveryRow, type SubmissionView } from '../store/submission-views.ts';
import type { ApiCaller } from './api-caller.ts';
import { auditActorOf } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { defineRoute, type ApiCall, type ApiRoute } from './api-route.ts';
import { csvLine, csvMark, csvTime } from './csv-line.ts';
import { failureText } from './show-submission.ts';
import { findSubmission, submissionNotFound } from './submission-routes.ts';

/**
 * GET /api/submissions/{id}/failures: who did not get a mail and why, with whole numbers, so that they can be reached in another
 * way. The right is that of sending to a list, for this is a part of one. That it was fetched is kept for each number in it.
 */
export const failuresRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/submissions/{id}/failures',
  summary: 'Hent listen over dem, der ikke fik forsendelsen, med hele numre',
  callers: ['program', 'person'],
  right: 'mass-send',
  audit: { action: 'failures', by: 'story' },
  bodySchema: null,
  querySchema: null,
  answers: { 200: { description: 'CSV (UTF-8, semikolon): linje, modtager, kanal, årsag, fejlkode, tidspunkt.', schema: z.string(), type: 'text/csv' } },
  async handle(parts, call) {
    const mail = await findSubmission(parts, call.caller, call.id);
    if (!mail) return submissionNotFound(parts);
    const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="fejlliste-s${String(mail.id)}.csv"` };
    return { status: 200, headers, body: fileOf(parts, mail, call) };
  },
});

/** The file a page at a time, for as long as somebody reads; nothing of a page is told before its look is kept. */
async function* fileOf(parts: ApiParts, mail: SubmissionView, { caller, signal }: ApiCall<unknown, unknown>): AsyncGenerator<string, void, undefined> {
  const limit = parts.settings.API_PAGE_MAX;
  yield csvMark + csvLine(['Linje', 'Modtager', 'Kanal', 'Årsag', 'Fejlkode', 'Tidspunkt']);
  for (let after = 0; !signal.aborted; ) {
    const rows = await pageOfDeliveries(parts.database, mail.id, { after, limit, failedOnly: true });
    await keepLook(parts, mail, { caller, rows });
    if (rows.length > 0) yield rows.map(lineOf).join('');
    if (rows.length < limit) return;
    after = rows.at(-1)?.position ?? after;
  }
}

async function keepLook({ database, keys, now }: ApiParts, mail: SubmissionView, { caller, rows }: { readonly caller: ApiCaller; readonly rows: readonly NamedDeliveryRow[] }): Promise<void> {
  const act = { action: 'failures', outcome: 'done', purpose: null, mailbox: mail.fromMailbox, reference: `s${String(mail.id)}` };
  await insertAudit(database, keys, { actor: auditActorOf(caller), at: now(), acts: rows.map((row) => ({ ...act, subject: recipientOf(row)?.number ?? null })) });
}

function lineOf(row: NamedDeliveryRow): string {
  const recipient = recipientOf(row);
  const channel = row.channel === 'mail' ? 'Mail' : channels[row.channel].name;
  const time = row.settledAt ?? row.handedOverAt;
  return csvLine([String(row.position), recipient ? shownNumber(recipient) : row.address, channel, failureText(row), row.errorCode, time && csvTime(time)]);
}

/** With its dash, so that Excel keeps a zero at the front. */
function shownNumber({ kind, number }: RecipientId): string {
  return kind === 'cpr' ? `${number.slice(0, 6)}-${number.slice(6)}` : number;
}

function recipientOf({ address }: NamedDeliveryRow): RecipientId | null {
  const parsed = parseGatewayAddress(address);
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' ? parsed.address.recipient : null;
}

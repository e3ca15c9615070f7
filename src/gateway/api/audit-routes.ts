import { z } from 'zod';
import { isCprNumber, maskCprNumber } from '../../domain/cpr-number.ts';
import { auditAnswer, auditExportQuestion, auditQuestion, type AuditEntry, type AuditQuestion } from '../../domain/gateway-api.ts';
import { insertAudit, searchAudit, type AuditRow, type AuditSearch } from '../store/audit.ts';
import { jsonAnswer } from './api-answer.ts';
import { auditActorOf } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { defineRoute, invalidRequest, type ApiCall, type ApiRoute } from './api-route.ts';
import { citizenExport, internalExport } from './audit-export.ts';

/** POST /api/v1/audit/search: a page of the organisation's own audit, newest first. Looking is itself kept, before it is answered. */
export const auditSearchRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/audit/search',
  summary: 'Søg i loggen over opslag og handlinger',
  callers: ['person'],
  right: 'read-audit',
  audit: { action: 'audit-search', by: 'story' },
  bodySchema: auditQuestion,
  querySchema: null,
  answers: { 200: { description: 'En side af loggen, nyeste først. CPR-numre er skjult.', schema: auditAnswer } },
  async handle(parts, call) {
    await keepLook(parts, call, 'audit-search');
    const limit = Math.min(call.body.limit ?? PAGE_DEFAULT, parts.settings.AUDIT_PAGE_MAX);
    const rows = await searchAudit(parts.database, parts.keys, searchOf(call, limit, call.body.after ?? null));
    const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
    return jsonAnswer(200, { entries: rows.map(shownEntry), next });
  },
});

const PAGE_DEFAULT = 100;

/** POST /api/v1/audit/export: all that a search finds, as a file; for the citizen it is about, without the employees. */
export const auditExportRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/audit/export',
  summary: 'Eksportér loggen, også til en borger, der vil se opslag om sig selv',
  callers: ['person'],
  right: 'read-audit',
  audit: { action: 'audit-export', by: 'story' },
  bodySchema: auditExportQuestion,
  querySchema: null,
  answers: { 200: { description: 'CSV (UTF-8, semikolon) eller JSON, nyeste først.', schema: z.string(), type: 'text/csv' } },
  async handle(parts, call) {
    const { format, for: reader, number } = call.body;
    if (reader === 'citizen' && number === undefined) {
      return invalidRequest(parts, [{ path: 'number', message: 'skriv nummeret på den borger, udskriften er til' }]);
    }
    await keepLook(parts, call, 'audit-export');
    const organisation = parts.directory.organisationOfCvr(call.caller.cvrNumbers[0] ?? '')?.name ?? '';
    const body = reader === 'citizen' ? citizenExport(pages(parts, call), format, organisation) : internalExport(pages(parts, call), format);
    const headers = {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="log-${reader}-${parts.now().toISOString().slice(0, 10)}.${format}"`,
    };
    return { status: 200, headers, body };
  },
});

/** Who looks, for whom and why, before anything is found. */
async function keepLook({ database, keys, now }: ApiParts, { caller, body }: ApiCall<AuditQuestion, unknown>, action: string): Promise<void> {
  const act = { action, outcome: 'done', subject: body.number ?? null, purpose: body.purpose, mailbox: null, reference: null };
  await insertAudit(database, keys, { actor: auditActorOf(caller), at: now(), acts: [act] });
}

/** The rows a page at a time, for as long as somebody reads. */
async function* pages(parts: ApiParts, call: ApiCall<AuditQuestion, unknown>): AsyncGenerator<readonly AuditEntry[], void, undefined> {
  const limit = parts.settings.AUDIT_PAGE_MAX;
  for (let before = call.body.after ?? null; !call.signal.aborted; ) {
    const rows = await searchAudit(parts.database, parts.keys, searchOf(call, limit, before));
    yield rows.map(shownEntry);
    if (rows.length < limit) return;
    before = rows.at(-1)?.id ?? before;
  }
}

function searchOf({ caller, body }: ApiCall<AuditQuestion, unknown>, limit: number, before: number | null): AuditSearch {
  return {
    organisationCvrs: caller.cvrNumbers,
    subject: body.number ?? null,
    actorName: body.actor ?? null,
    action: body.action ?? null,
    from: body.from === undefined ? null : new Date(body.from),
    to: body.to === undefined ? null : new Date(body.to),
    before,
    limit,
  };
}

function shownEntry({ id, at, actorName, actorKind, subject, ...row }: AuditRow): AuditEntry {
  const { mailbox, action, purpose, outcome, reference } = row;
  return {
    id, at: at.toISOString(), actor: actorName, actorKind, mailbox, action, purpose, outcome, reference,
    subject: subject && (isCprNumber(subject) ? maskCprNumber(subject) : subject),
  };
}

import * as z from 'zod/mini';
import { isCprNumber } from '../../domain/cpr-number.ts';
import { isCvrNumber } from '../../domain/cvr-number.ts';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { deadlineMoment, readMemoHeaderJson } from '../../domain/memo-header-json.ts';

/** What a mail from Digital Post tells of itself in MemoHeader.json and MemoHeaderInfo.json (formats.md). */
export interface ReceivedPost {
  readonly from: { readonly name: string | null; readonly number: RecipientId | null };
  /** To which contact point of ours; null: to the organisation itself. */
  readonly to: { readonly contactPoint: string | null; readonly label: string | null };
  /** Whether it answers a message of ours. */
  readonly isAnswer: boolean;
  /** False: the sender cannot be answered. */
  readonly answerable: boolean;
  readonly deadline: Date | null;
  readonly caseId: string | null;
  /** The rule that put it into this mailbox. */
  readonly rule: string | null;
}

/** A part that is missing, or is not as expected, is not told; the rest is. */
const lenient = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.nullable(z._default(z.nullable(schema), null)), null);

const text = lenient(z.string().check(z.trim(), z.minLength(1)));
const named = lenient(z.union([z.string(), z.object({ id: text, contactPointID: text, label: text })]));
const caseValue = lenient(z.union([z.string(), z.object({ caseId: text, caseID: text })]));

const party = lenient(z.object({ id: text, senderID: text, cvr: text, label: text }));
const addressee = lenient(z.object({ contactPoint: named }));
const contentData = lenient(z.object({ caseId: caseValue }));

const memoHeader = z.object({
  reply: lenient(z.boolean()),
  replyByDateTime: text,
  replyData: z.catch(z.unknown(), null),
  sender: party,
  recipient: addressee,
  contentData,
});

const memoHeaderInfo = z.object({ rule: lenient(z.object({ name: text })) });

/** Reads them; null where MemoHeader.json is not that of a received message. Never throws. */
export function readReceivedPost(header: string, info: string | null): ReceivedPost | null {
  if (readMemoHeaderJson(header).kind !== 'received') return null;
  const read = memoHeader.safeParse(parsed(header)).data;
  if (!read) return null;
  return {
    from: senderOf(read.sender),
    to: contactPointOf(read.recipient),
    isAnswer: Array.isArray(read.replyData) ? read.replyData.length > 0 : Boolean(read.replyData),
    answerable: read.reply ?? true,
    deadline: read.replyByDateTime === null ? null : deadlineMoment(read.replyByDateTime),
    caseId: caseIdOf(read.contentData),
    rule: info && ruleOf(info),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

function numberOf(id: string | null): RecipientId | null {
  if (id === null) return null;
  if (isCprNumber(id)) return { kind: 'cpr', number: id };
  return isCvrNumber(id) ? { kind: 'cvr', number: id } : null;
}

function senderOf(sender: z.infer<typeof party>): ReceivedPost['from'] {
  if (sender === null) return { name: null, number: null };
  return { name: sender.label, number: numberOf(sender.id ?? sender.senderID ?? sender.cvr) };
}

function contactPointOf(recipient: z.infer<typeof addressee>): ReceivedPost['to'] {
  const point = recipient?.contactPoint ?? null;
  if (point === null || typeof point === 'string') return { contactPoint: point && point.toLowerCase(), label: null };
  const id = point.id ?? point.contactPointID;
  return { contactPoint: id && id.toLowerCase(), label: point.label };
}

function caseIdOf(data: z.infer<typeof contentData>): string | null {
  const value = data?.caseId ?? null;
  return value === null || typeof value === 'string' ? value : (value.caseId ?? value.caseID);
}

function ruleOf(info: string): string | null {
  return memoHeaderInfo.safeParse(parsed(info)).data?.rule?.name ?? null;
}

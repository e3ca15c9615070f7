import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Problem } from '../../domain/problem.ts';
import { composeMailPieces, type OutgoingMail } from '../../mail/compose-mail.ts';
import { readHeaderBlock } from '../../mail/read-header-block.ts';
import { openBlob, type BlobWriter, type UnfinishedBlob } from '../store/blobs.ts';
import type { Queryable } from '../store/database.ts';
import { markAsApiSubmission } from '../store/submission-views.ts';
import { insertLargeSubmission, insertSmallSubmission, type AcceptedMail } from '../store/submissions.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiEnvelope, ApiParts } from './api-parts.ts';
import { mailRefused } from './api-problem.ts';
import type { Remember } from './answer-memory.ts';
import { headerProblems } from './judge-mail.ts';
import type { Accepted } from './mail-schemas.ts';
import { printSubmissionId, submissionHref } from './show-submission.ts';

/** A program's mail, judged as far as envelope and sender go. */
export interface ProgramMail {
  readonly caller: ApiCaller;
  readonly envelope: ApiEnvelope;
  readonly mail: OutgoingMail;
  /** How many people it is for; a mass send has one address for many. */
  readonly recipientCount: number;
}

const HEADER_END = '\r\n\r\n';

/**
 * Stores a program's mail as the SMTP door stores its own: the bytes piece by piece, then in one transaction the
 * submission and the answer that the program will get again under its key. From there on the road is the same.
 * @returns 202 with the id, or the refusal of the header's author
 */
export async function storeMail(parts: ApiParts, given: ProgramMail, remember: Remember): Promise<ApiAnswer> {
  const blob = openBlob(parts.database);
  try {
    const problems = await writeJudged(parts, given, blob);
    if (problems) {
      await blob.discard();
      return mailRefused(parts.settings.PUBLIC_URL, problems);
    }
    const { id, answer } = await parts.database.transaction(async (connection) => {
      const submissionId = await insertMail(connection, blob, acceptedMail(parts, given, blob.bytes));
      await markAsApiSubmission(connection, submissionId, factsOf(given));
      const accepted = acceptedAnswer(submissionId, given);
      await remember(connection, accepted);
      return { id: submissionId, answer: accepted };
    });
    parts.onAccepted(id, blob.bytes);
    return answer;
  } catch (error) {
    await blob.discard().catch(() => {});
    throw error;
  }
}

/** Writes the mail's bytes; stops at the end of the header where its author may not send, and returns why. */
async function writeJudged(
  parts: ApiParts,
  given: ProgramMail,
  blob: BlobWriter,
): Promise<readonly [Problem, ...Problem[]] | null> {
  let header: Buffer | null = Buffer.alloc(0);
  for await (const piece of composeMailPieces(given.mail)) {
    if (header !== null) {
      header = Buffer.concat([header, piece]);
      const end = header.indexOf(HEADER_END);
      if (end >= 0) {
        const block = readHeaderBlock(header.subarray(0, end + HEADER_END.length));
        const [first, ...more] = headerProblems(parts, given, block);
        if (first) return [first, ...more];
        header = null;
      }
    }
    await blob.write(piece);
  }
  if (header !== null) throw new Error('a mail without the end of its header');
  return null;
}

function acceptedMail(parts: ApiParts, { envelope }: ProgramMail, rawBytes: number): AcceptedMail {
  return { ...envelope, rawBytes, receivedAt: parts.now() };
}

async function insertMail(connection: Queryable, blob: UnfinishedBlob, mail: AcceptedMail): Promise<number> {
  const { blobId, tail, chunks } = blob;
  return blobId === null
    ? await insertSmallSubmission(connection, mail, Buffer.concat(tail))
    : await insertLargeSubmission(connection, mail, { blobId, seq: chunks, tail });
}

function factsOf({ caller, mail }: ProgramMail) {
  return {
    organisationCvr: caller.cvrNumbers[0] ?? '',
    fromMailbox: normaliseMailAddress(mail.from.address),
    messageId: mail.messageId,
    subject: mail.subject,
    writtenBy: caller.id,
  };
}

function acceptedAnswer(submissionId: number, { mail, recipientCount }: ProgramMail): ApiAnswer {
  const id = printSubmissionId(submissionId);
  const href = submissionHref(id);
  const accepted: Accepted = { id, state: 'accepted', href, messageId: mail.messageId, recipientCount };
  return jsonAnswer(202, accepted, { location: href });
}


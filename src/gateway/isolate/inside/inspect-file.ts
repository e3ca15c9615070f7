import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import { openInspection, type AttachmentClaim, type Inspection } from '../../../mail/inspect-attachment.ts';
import type { InspectJob } from '../document-jobs.ts';
import { readAttachedMail } from './read-attached-mail.ts';
import { tell } from './tell.ts';

/** Tells what is in one file. */
export async function inspectFile(job: InspectJob, [bytes = Buffer.alloc(0)]: readonly Buffer[]): Promise<void> {
  await tell({ kind: 'result', payload: JSON.stringify(await factsOfFile({ name: job.name, declaredType: job.type }, bytes)) });
}

/** What is in a file that is held whole. */
export async function factsOfFile(claim: AttachmentClaim, bytes: Uint8Array): Promise<AttachmentFacts> {
  const inspection = openFileInspection(claim);
  inspection.write(bytes);
  return await inspection.end();
}

/** The inspection of an attachment as it streams by, mails among them looked into as well. */
export function openFileInspection(claim: AttachmentClaim): Inspection {
  return openInspection(claim, { listMailAttachments });
}

async function listMailAttachments(bytes: Uint8Array): Promise<readonly { name: string; bytes: Uint8Array }[]> {
  return (await readAttachedMail(bytes)).files;
}

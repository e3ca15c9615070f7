import type { ChildJob } from './child-job.ts';
import type { CheckLetterJob } from './check-letter-job.ts';
import type { MendJob, ReadFileTextJob, SplitLettersJob } from './document-jobs.ts';
import { readFrames, type Frame } from './frames.ts';
import { fillLetters } from './inside/fill-letters.ts';
import { inspectFile } from './inside/inspect-file.ts';
import { readMail } from './inside/read-mail.ts';
import { renderLetter, warmUp } from './inside/render-letter.ts';
import { tell } from './inside/tell.ts';

/**
 * The program of a child process: gets strangers' bytes on stdin, one job after another, and tells on stdout what is in them
 * or what became of them. It opens no file but its fonts and no socket; the gateway kills it when it takes too long or too
 * much.
 */
async function main(): Promise<void> {
  warmUp();
  await tell({ kind: 'stage' });
  const frames = readFrames(process.stdin);
  for (let frame = await frames.next(); !frame.done; frame = await frames.next()) {
    const job = JSON.parse(frame.value.payload.toString('utf8')) as ChildJob;
    await work(job, frames);
  }
}

async function work(job: ChildJob, frames: AsyncGenerator<Frame>): Promise<void> {
  switch (job.kind) {
    case 'read-mail': return await readMail(job, rawOf(frames));
    case 'fill-letters': return await fillLetters(job, rawOf(frames));
    case 'render': return await renderLetter(job, await filesOf(frames, job.pictures.length));
    case 'inspect': return await inspectFile(job, await filesOf(frames, 1));
    case 'check-letter': {
      await filesOf(frames, 0);
      return await checkLetter(job);
    }
    case 'read-text': return await readText(job, await filesOf(frames, 1));
    case 'split-letters': return await splitLettersOf(job, await filesOf(frames, 1));
    case 'mend': return await mend(job, await filesOf(frames, job.files.length));
  }
}

/** Loaded when first asked for: it takes memory, and the children that read mails never need it. */
async function mend(job: MendJob, files: readonly Buffer[]): Promise<void> {
  const { mendFiles } = await import('./inside/mend-files.ts');
  await mendFiles(job, files);
}

/** Loaded when first asked for, for the same reason. */
async function readText(job: ReadFileTextJob, files: readonly Buffer[]): Promise<void> {
  const { readFileText } = await import('./inside/read-file-text.ts');
  await readFileText(job, files);
}

/** Loaded when first asked for, for the same reason. */
async function splitLettersOf(job: SplitLettersJob, files: readonly Buffer[]): Promise<void> {
  const { splitLetters } = await import('./inside/split-letters.ts');
  await splitLetters(job, files);
}

/** Loaded when first asked for, for the same reason. */
async function checkLetter(job: CheckLetterJob): Promise<void> {
  const { checkLetterHere } = await import('./inside/check-letter.ts');
  await checkLetterHere(job);
}

async function* rawOf(frames: AsyncGenerator<Frame>): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const frame = await frames.next();
    if (frame.done || frame.value.kind === 'raw-end') return;
    yield frame.value.payload;
  }
}

/** The job's files, held whole: they came in one call, which has its own limit. */
async function filesOf(frames: AsyncGenerator<Frame>, count: number): Promise<readonly Buffer[]> {
  const files: Buffer[][] = Array.from({ length: count }, () => []);
  for (;;) {
    const frame = await frames.next();
    if (frame.done || frame.value.kind === 'raw-end') return files.map((pieces) => Buffer.concat(pieces));
    files[frame.value.file]?.push(Buffer.from(frame.value.payload));
  }
}

await main();

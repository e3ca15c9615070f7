// What is fetched with the first recipient for whom there is something to look through.
export { checkDraft } from './check-draft.ts';
export { filesOfDraft, filesToRead } from './file-of-draft.ts';
export { FileReader } from './file-reader.ts';
export { ColumnsReader } from '../mass/columns-now.ts';
export { LetterReader } from '../mass/letter-now.ts';
export { openMender } from './open-mender.ts';
export { subjectWithoutCpr } from './mend-subject.ts';
export { textOfBody, withoutStyles } from './text-of-body.ts';

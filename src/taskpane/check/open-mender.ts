import type { PaneParts } from '../pane-parts.ts';
import type { Draft, Item, ItemAttachment } from '../office/outlook.ts';
import { bodyBytesMaxOf } from './body-bytes-max.ts';
import { checkFiles } from './check-draft.ts';
import type { CheckInput } from './check-input.ts';
import type { DraftRecipients } from './draft-recipients.ts';
import { FileMender } from './file-mender.ts';
import type { FileFacts } from './file-reader.ts';
import type { MenderState } from './mender-state.ts';

/** The draft that is being written, and all that is needed to mend its files. */
export interface MendingAt {
  readonly parts: PaneParts;
  readonly input: CheckInput | null;
  readonly recipients: DraftRecipients;
  readonly readings: {
    readonly readFiles: (draft: Draft) => Promise<void>;
    readonly factsOf: (attachment: ItemAttachment) => FileFacts | null;
    readonly lookNow: (item: Item) => void;
  };
}

/** A mender of the files of the draft in Outlook. `at`: as it stands when it is asked. */
export function openMender(at: () => MendingAt, onState: (state: MenderState) => void): FileMender {
  return new FileMender({
    outlook: at().parts.outlook,
    convert: async (question) => await at().parts.gateway.convertFiles(question),
    look: async (draft) => {
      await at().readings.readFiles(draft);
      const { parts: { account: { me } }, input, recipients, readings: { factsOf } } = at();
      return input ? checkFiles({ draft, recipients, own: input.own, points: input.points, factsOf, bodyBytesMax: bodyBytesMaxOf(me) }) : [];
    },
    onDone: (answer) => {
      const { parts: { readAgain, noteAnswer }, readings: { lookNow } } = at();
      if (answer) noteAnswer(answer);
      void readAgain().then(lookNow, () => undefined);
    },
    onState,
  });
}

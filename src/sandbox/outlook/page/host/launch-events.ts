import type { Draft } from '../model/draft.ts';
import type { AddinManifest, LaunchEvent } from '../model/manifest.ts';
import { element } from '../element.ts';
import { AddinFrame, type Completed, type HostSurroundings } from './addin-frame.ts';

/** How a Smart Alert ended. `unavailable`: its page did not load, it has no such function, or it took too long. */
export type AlertEnd =
  | { readonly kind: 'completed'; readonly completed: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unavailable' };

const EVENT_OF_PART: Readonly<Record<string, string>> = {
  recipients: 'OnMessageRecipientsChanged', attachments: 'OnMessageAttachmentsChanged', from: 'OnMessageFromChanged',
};

/**
 * Runs the functions that the manifest ties to events of one draft, as Outlook on the web does: in a hidden frame with
 * the add-in's own page (outlook.md 1), loaded when it is first needed and kept while the draft is open.
 */
export class LaunchEvents {
  readonly #surroundings: HostSurroundings;
  readonly #manifest: AddinManifest;
  readonly #draft: Draft;
  #frame: AddinFrame | null = null;
  #goneWith: () => void = () => undefined;
  /** The frame is gone, and with it what ran there. */
  readonly #gone = new Promise<null>((resolve) => {
    this.#goneWith = () => resolve(null);
  });

  constructor(surroundings: HostSurroundings, manifest: AddinManifest, draft: Draft) {
    this.#surroundings = surroundings;
    this.#manifest = manifest;
    this.#draft = draft;
  }

  close(): void {
    this.#goneWith();
    this.#drop();
  }

  /** A new draft, or one opened again. */
  opened(): void {
    const type = this.#draft.savedId === null && this.#draft.origin.composeType === 'newMail' ? 'OnNewMessageCompose' : 'OnMessageCompose';
    this.#fire(type, {});
  }

  changed(part: string, detail: Readonly<Record<string, unknown>> = {}): void {
    const type = EVENT_OF_PART[part];
    if (type !== undefined) this.#fire(type, detail);
  }

  /** The event of Send; null where nothing of the add-in stands in its way. */
  get smartAlert(): LaunchEvent | null {
    if (!this.#surroundings.ground.client().smartAlerts || this.#manifest.eventsUrl === null) return null;
    return this.#manifest.launchEvents.find(({ type }) => type === 'OnMessageSend') ?? null;
  }

  /** Runs the Smart Alert to its end, or until its time is up. */
  async onSend(event: LaunchEvent, stopped: Promise<void>): Promise<AlertEnd> {
    const { alertTimeoutMs } = this.#surroundings.ground.client();
    let clock: ReturnType<typeof setTimeout> | undefined;
    const timeUp = new Promise<Completed>((resolve) => {
      clock = setTimeout(() => resolve(null), alertTimeoutMs);
    });
    const completed = await Promise.race([this.#run(event, {}), timeUp, this.#gone, stopped.then(() => null)]);
    clearTimeout(clock);
    // A function that went astray must not meet the next event.
    if (completed === null) this.#drop();
    return completed === null ? { kind: 'unavailable' } : { kind: 'completed', completed };
  }

  #drop(): void {
    this.#frame?.close();
    this.#frame = null;
  }

  #fire(type: string, detail: Readonly<Record<string, unknown>>): void {
    const event = this.#manifest.launchEvents.find((one) => one.type === type);
    if (event && this.#manifest.eventsUrl !== null) void this.#run(event, detail);
  }

  async #run(event: LaunchEvent, detail: Readonly<Record<string, unknown>>): Promise<Completed> {
    this.#frame ??= this.#open();
    return await this.#frame.run(event.functionName, { type: event.type, source: { id: 'postbro' }, ...detail });
  }

  #open(): AddinFrame {
    const frame = element('iframe', { class: 'hidden-frame', title: 'Digital Post, tjek ved afsendelse', 'aria-hidden': 'true', tabindex: '-1' });
    const opened = new AddinFrame({
      ...this.#surroundings, kind: 'events', url: this.#manifest.eventsUrl ?? '', frame, item: { kind: 'draft', draft: this.#draft }, contextData: null,
    });
    document.body.append(frame);
    return opened;
  }
}

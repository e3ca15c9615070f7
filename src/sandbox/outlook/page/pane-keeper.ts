import type { AddinFrame, HostSurroundings } from './host/addin-frame.ts';
import type { HostItem } from './host/host-method.ts';
import type { SurfaceCommand } from './model/manifest.ts';
import { focusBeside } from './focus-beside.ts';
import { keepFocusOf } from './keep-focus.ts';
import { paneButton, TaskPane } from './view/task-pane.ts';

export interface PaneKeeperParts {
  readonly surroundings: () => HostSurroundings;
  /** Shows the pane beside the mail; null: none. */
  readonly show: (pane: HTMLElement | null) => void;
}

/** Keeps the add-in's pane beside what is open: which button opens it, whether it stands, whether it is pinned. */
export class PaneKeeper {
  readonly #parts: PaneKeeperParts;
  #item: HostItem = { kind: 'none' };
  #command: SurfaceCommand | null = null;
  #pane: TaskPane | null = null;
  #button: HTMLButtonElement | null = null;
  #pinned = false;
  #stopKeeping: () => void = () => undefined;
  /** A draft is written with the pane beside it, until somebody shuts it; a mail is read without, unless it is pinned. */
  #wantedInDrafts = true;

  constructor(parts: PaneKeeperParts) {
    this.#parts = parts;
  }

  get frame(): AddinFrame | null { return this.#pane?.frame ?? null; }

  /** The button of what is open; null where the add-in has none there. */
  get button(): HTMLElement | null { return this.#button; }

  /** Another item is open. A pinned pane stays while mails are read, and is told of the next one; else it is opened anew. */
  changeItem(item: HostItem, command: SurfaceCommand | null): void {
    const stays = this.#pinned && this.#pane !== null && this.#item.kind === 'read' && item.kind !== 'draft';
    this.#item = item;
    this.#button = command && paneButton(command, () => this.#toggle());
    if (stays) this.#pane?.frame.changeItem(item);
    this.#command = command ?? (stays ? this.#command : null);
    if (!stays) this.#openByItself(item.kind === 'draft' ? this.#wantedInDrafts : this.#pinned);
    this.#showState();
  }

  /** Opens the pane, for what a Smart Alert or the info bar wants shown; one that stands is told, or loaded again. */
  open(contextData: string | null): void {
    if (this.#pane && (contextData === null || this.#pane.frame.changeContext(contextData))) return;
    this.#set(true, contextData);
  }

  close(): void {
    if (this.#item.kind === 'draft') this.#wantedInDrafts = false;
    else this.#pinned = false;
    this.#set(false, null);
  }

  focusBeside(direction: 'next' | 'previous'): void {
    if (this.#pane) focusBeside(this.#pane.frame.element, direction);
  }

  #toggle(): void {
    if (this.#pane) return this.close();
    if (this.#item.kind === 'draft') this.#wantedInDrafts = true;
    this.open(null);
    this.frame?.element.focus();
  }

  /** Nobody asked for the pane: it takes the focus from nobody. */
  #openByItself(wanted: boolean): void {
    this.#set(wanted, null);
    if (this.#pane) this.#stopKeeping = keepFocusOf(this.#pane.frame.element);
  }

  #set(open: boolean, contextData: string | null): void {
    this.#stopKeeping();
    this.#pane?.close();
    this.#pane = open && this.#command ? this.#newPane(this.#command, contextData) : null;
    this.#parts.show(this.#pane?.element ?? null);
    this.#showState();
  }

  #newPane(command: SurfaceCommand, contextData: string | null): TaskPane {
    return new TaskPane({
      surroundings: this.#parts.surroundings(), command, item: this.#item, contextData, pinned: this.#pinned,
      pin: (pinned) => {
        this.#pinned = pinned;
      },
      close: () => this.close(),
    });
  }

  #showState(): void {
    this.#button?.setAttribute('aria-expanded', String(this.#pane !== null));
  }
}

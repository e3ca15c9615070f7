import type { Draft } from '../model/draft.ts';
import { safeHtml } from '../model/mail-html.ts';
import { element } from '../element.ts';

/** Besked: the text, written in place. Pictures of the mail are shown from its files. */
export class MessageBodyView {
  readonly element: HTMLDivElement;
  readonly #draft: Draft;
  readonly #addPicture: (picture: File) => string | null;
  /** Of pictures shown, by the content ids they stand for. */
  readonly #shown = new Map<string, string>();

  constructor(draft: Draft, addPicture: (picture: File) => string | null) {
    this.#draft = draft;
    this.#addPicture = addPicture;
    this.element = element('div', {
      class: 'message-body', contenteditable: 'true', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Besked', spellcheck: 'true',
      oninput: () => this.#draft.setBody(this.#read()), onpaste: (event) => this.#paste(event as ClipboardEvent),
    });
    this.show();
  }

  close(): void {
    for (const url of this.#shown.values()) URL.revokeObjectURL(url);
  }

  /** Shows the draft's text where it is another than what stands here. */
  show(): void {
    if (this.#draft.bodyHtml === this.#read()) return;
    const made = new DOMParser().parseFromString(safeHtml(this.#draft.bodyHtml), 'text/html').body;
    for (const picture of made.querySelectorAll('img')) this.#showPicture(picture);
    this.element.replaceChildren(...made.childNodes);
  }

  /** Formats what is marked, or what is written next. */
  format(command: 'bold' | 'italic' | 'underline' | 'insertUnorderedList'): void {
    this.element.focus();
    document.execCommand(command);
  }

  link(address: string): void {
    this.element.focus();
    document.execCommand('createLink', false, address);
  }

  #read(): string {
    const copy = this.element.cloneNode(true) as HTMLElement;
    for (const picture of copy.querySelectorAll<HTMLImageElement>('img[data-cid]')) {
      picture.setAttribute('src', `cid:${picture.dataset['cid'] ?? ''}`);
      picture.removeAttribute('data-cid');
    }
    return copy.innerHTML;
  }

  #showPicture(picture: HTMLImageElement): void {
    const id = /^cid:(.+)$/i.exec(picture.getAttribute('src') ?? '')?.[1];
    const file = id === undefined ? undefined : this.#draft.files.find(({ contentId }) => contentId === id);
    if (id === undefined || !file) return;
    const url = this.#shown.get(id) ?? URL.createObjectURL(file.content);
    this.#shown.set(id, url);
    picture.dataset['cid'] = id;
    picture.setAttribute('src', url);
  }

  #paste(event: ClipboardEvent): void {
    const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    const html = event.clipboardData?.getData('text/html') ?? '';
    if (html === '' && !picture) return;
    event.preventDefault();
    if (html !== '') document.execCommand('insertHTML', false, safeHtml(html));
    else if (picture) this.#insertPicture(picture);
  }

  #insertPicture(picture: File): void {
    const contentId = this.#addPicture(picture);
    if (contentId === null) return;
    this.#draft.setBody(`${this.#draft.bodyHtml}<img src="cid:${contentId}" alt="">`);
    this.show();
  }
}

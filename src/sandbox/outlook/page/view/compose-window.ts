import { HostFailure } from '../host/host-failure.ts';
import { attach, FILE_NAME_LENGTH_MAX } from '../host/file-methods.ts';
import { SUBJECT_LENGTH_MAX } from '../host/text-methods.ts';
import type { Draft, DraftChange, DraftFile, InfoBarLine } from '../model/draft.ts';
import type { NamedAddress } from '../outlook-facts.ts';
import { element } from '../element.ts';
import { icon, type IconName } from './icons.ts';
import { infoBar } from './info-bar.ts';
import { MessageBodyView } from './message-body.ts';
import { RecipientFieldView, type Suggest } from './recipient-field.ts';

export interface ComposeParts {
  readonly draft: Draft;
  readonly senders: readonly NamedAddress[];
  readonly suggest: Suggest;
  readonly send: () => void;
  readonly discard: () => void;
  readonly paneButton: HTMLElement | null;
  readonly openPane: (action: NonNullable<InfoBarLine['action']>) => void;
  readonly say: (text: string) => void;
}

/** The window in which a mail is written. It shows the draft, and writes into it; whoever else does, it shows that too. */
export class ComposeWindow {
  readonly element: HTMLElement;
  readonly #parts: ComposeParts;
  readonly #fields: readonly RecipientFieldView[];
  readonly #from: HTMLSelectElement;
  readonly #subject: HTMLInputElement;
  readonly #body: MessageBodyView;
  readonly #files = element('ul', { class: 'files', 'aria-label': 'Filer' });
  readonly #bar: ReturnType<typeof infoBar>;
  readonly #stop: () => void;

  constructor(parts: ComposeParts) {
    const { draft, suggest } = parts;
    this.#parts = parts;
    this.#fields = ([['to', 'Til'], ['cc', 'Cc'], ['bcc', 'Bcc']] as const).map(([field, label]) => new RecipientFieldView(draft, { field, label, suggest }));
    this.#from = element('select', { id: 'from', onchange: () => this.#chooseSender() });
    this.#subject = element('input', {
      id: 'subject', type: 'text', autocomplete: 'off', maxlength: String(SUBJECT_LENGTH_MAX), oninput: () => draft.setSubject(this.#subject.value),
    });
    this.#body = new MessageBodyView(draft, (picture) => this.#addFile(picture, true)?.contentId ?? null);
    this.#bar = infoBar({ lines: () => [...draft.infoBar.values()], dismiss: (key) => void draft.removeInfoBarLine(key), act: parts.openPane });
    this.element = this.#layOut();
    this.#stop = draft.onChange((change) => this.#show(change));
    this.#showSender();
    this.#subject.value = draft.subject;
    this.#showFiles();
  }

  close(): void {
    this.#stop();
    this.#body.close();
  }

  focus(): void {
    if (this.#parts.draft.everyone.length === 0) this.#fields[0]?.focus();
    else this.#body.element.focus();
  }

  /** Takes what is typed in the address fields, as leaving them does. */
  commit(): void {
    for (const field of this.#fields) field.commit();
  }

  #layOut(): HTMLElement {
    const { send, discard, paneButton } = this.#parts;
    return element('section', { class: 'compose card', 'aria-label': 'Ny mail' },
      element('div', { class: 'compose-head' },
        element('button', { type: 'button', class: 'primary send', onclick: send }, icon('send'), 'Send'),
        element('label', { for: 'from' }, 'Fra'), this.#from,
        element('span', { class: 'grow' }), paneButton,
        element('button', { type: 'button', class: 'quiet-button', 'aria-label': 'Kassér', onclick: discard }, icon('trash'))),
      this.#bar.element,
      ...this.#fields.map((field) => field.element),
      element('div', { class: 'row' }, element('label', { for: 'subject' }, 'Emne'), this.#subject),
      this.#files,
      this.#body.element,
      this.#formatBar());
  }

  #formatBar(): HTMLElement {
    const button = (label: string, sign: IconName | string, act: () => void): HTMLElement => element('button', {
      type: 'button', class: 'quiet-button', 'aria-label': label, title: label,
      // What is marked in the text must stay marked.
      onmousedown: (event) => event.preventDefault(), onclick: act,
    }, sign.length === 1 ? element('span', { class: `sign-${sign}` }, sign) : icon(sign as IconName));
    const input = element('input', { id: 'attach', type: 'file', multiple: true, class: 'file-input', onchange: () => this.#attachChosen(input) });
    return element('div', { class: 'format-bar', role: 'group', 'aria-label': 'Formatering' },
      button('Fed', 'B', () => this.#body.format('bold')), button('Kursiv', 'I', () => this.#body.format('italic')),
      button('Understreget', 'U', () => this.#body.format('underline')), button('Punkter', 'list', () => this.#body.format('insertUnorderedList')),
      this.#linkButton(button), input, element('label', { for: 'attach', class: 'attach' }, icon('clip'), 'Vedhæft'));
  }

  #linkButton(button: (label: string, sign: IconName, act: () => void) => HTMLElement): HTMLElement {
    const address = element('input', { type: 'url', 'aria-label': 'Linkets adresse', placeholder: 'https://', value: 'https://' });
    const form = element('form', { class: 'link-form', hidden: true, onsubmit: (event) => {
      event.preventDefault();
      restore();
      if (/^https?:\/\/\S+$/.test(address.value)) this.#body.link(address.value);
      form.hidden = true;
    } }, address, element('button', { type: 'submit', class: 'plain' }, 'Indsæt'));
    // The field takes the marking away with the focus.
    let marked: Range | null = null;
    const restore = (): void => {
      const selection = getSelection();
      if (!marked || !selection) return;
      selection.removeAllRanges();
      selection.addRange(marked);
    };
    const open = (): void => {
      const selection = getSelection();
      marked = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null;
      form.hidden = !form.hidden;
      if (!form.hidden) address.focus();
    };
    return element('span', { class: 'link-tool' }, button('Link', 'link', open), form);
  }

  #show(change: DraftChange): void {
    if (change.kind === 'recipients') for (const field of this.#fields) field.show();
    if (change.kind === 'from') this.#showSender();
    if (change.kind === 'subject' && this.#subject.value !== this.#parts.draft.subject) this.#subject.value = this.#parts.draft.subject;
    if (change.kind === 'body') this.#body.show();
    if (change.kind === 'attachments') this.#showFiles();
    if (change.kind === 'infoBar') this.#bar.show();
  }

  #showSender(): void {
    const { draft, senders } = this.#parts;
    const { emailAddress, displayName } = draft.from;
    const known = senders.some(({ address }) => address === emailAddress);
    const shown = known ? senders : [...senders, { address: emailAddress, name: displayName }];
    this.#from.replaceChildren(...shown.map(({ address }) => element('option', { value: address, selected: address === emailAddress }, address)));
    this.#from.value = emailAddress;
  }

  #chooseSender(): void {
    const chosen = this.#parts.senders.find(({ address }) => address === this.#from.value);
    if (chosen) this.#parts.draft.setFrom({ displayName: chosen.name, emailAddress: chosen.address });
  }

  #showFiles(): void {
    const { draft } = this.#parts;
    const attached = draft.files.filter(({ isInline }) => !isInline);
    this.#files.replaceChildren(...attached.map((file) => element('li', { class: 'file' }, icon('file'), element('span', {}, file.name),
      element('span', { class: 'quiet' }, sizeText(file.content.size)),
      element('button', { type: 'button', class: 'quiet-button', 'aria-label': `Fjern filen ${file.name}`, onclick: () => void draft.removeFile(file.id) }, icon('close')))));
    this.#files.hidden = attached.length === 0;
  }

  #attachChosen(input: HTMLInputElement): void {
    for (const file of input.files ?? []) this.#addFile(file, false);
    input.value = '';
  }

  #addFile(file: File, isInline: boolean): DraftFile | null {
    try {
      const contentId = isInline ? `${crypto.randomUUID()}@outlook` : null;
      return attach(this.#parts.draft, { name: file.name.slice(0, FILE_NAME_LENGTH_MAX) || 'fil', type: file.type, content: file, isInline, contentId });
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      this.#parts.say(`${file.name} kan ikke vedhæftes: Filerne må højst fylde 25 MB.`);
      return null;
    }
  }
}

/** A size as people read it. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;
}

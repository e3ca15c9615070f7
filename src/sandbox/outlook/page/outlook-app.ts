import { DraftSender, messageOf } from './draft-sender.ts';
import { CallLog } from './host/call-log.ts';
import { Faults, hasSet, REAL_OFFICE_JS_SET, usualClient, type ClientSettings } from './host/client-settings.ts';
import type { HostSurroundings } from './host/addin-frame.ts';
import type { HostGround, HostItem, NewMailWish } from './host/host-method.ts';
import { LaunchEvents } from './host/launch-events.ts';
import { themeNumbers } from './host/office-theme.ts';
import { raiseDraftChange } from './host/raise-draft-change.ts';
import { forwardOf, replyTo } from './model/answer-draft.ts';
import { Draft } from './model/draft.ts';
import { contentOfDraft, draftOfContent } from './model/kept-draft.ts';
import { safeHtml } from './model/mail-html.ts';
import { readManifest, type AddinManifest, type SurfaceCommand } from './model/manifest.ts';
import { OpenMail } from './model/open-mail.ts';
import { shownRecipient, type Recipient } from './model/recipient.ts';
import type { OutlookFacts } from './outlook-facts.ts';
import { PaneKeeper } from './pane-keeper.ts';
import type { SendEnd } from './send-with-alert.ts';
import { MailboxServer, saveRoaming, type FolderName, type FolderRow, type Folders } from './server/mailbox-server.ts';
import { ComposeWindow } from './view/compose-window.ts';
import { OutlookFrame } from './view/outlook-frame.ts';
import { readingPane } from './view/reading-pane.ts';

/** How often the folders are asked for anew while the page is seen, in milliseconds. */
const FOLDERS_POLL_MS = 2_000;
/** What a page of the add-in is loaded with, once and for all. */
const LOADED_WITH = ['mailbox', 'language', 'nestedAppAuth', 'windows'] as const;
const OFFICE_JS_COOKIE = 'outlook-office-js';

/** Outlook with one mailbox open: what is shown, and what the add-in's frames stand for. */
export class OutlookApp {
  readonly log = new CallLog();
  readonly faults = new Faults();
  readonly #facts: OutlookFacts;
  readonly #server: MailboxServer;
  readonly #view: OutlookFrame;
  readonly #manifestXml: string;
  readonly #surroundings: HostSurroundings;
  #client: ClientSettings = usualClient;
  #manifest: AddinManifest | null = null;
  #roaming: Readonly<Record<string, unknown>>;
  #writtenTo: readonly Recipient[] = [];
  #folders: Folders = { inbox: [], sent: [], drafts: [] };
  #folder: FolderName = 'inbox';
  #item: HostItem = { kind: 'none' };
  #compose: ComposeWindow | null = null;
  #events: LaunchEvents | null = null;
  readonly #pane: PaneKeeper;
  readonly #sender: DraftSender;

  constructor(facts: OutlookFacts, manifestXml: string, place: HTMLElement) {
    this.#facts = facts;
    this.#manifestXml = manifestXml;
    this.#roaming = facts.roaming;
    this.#server = new MailboxServer(facts.mailbox.address);
    this.#surroundings = {
      ground: this.#ground(), faults: this.faults, log: this.log, user: facts.user, permissions: 'ReadWriteItem', roaming: () => this.#roaming,
    };
    this.#view = new OutlookFrame(facts, {
      newMail: () => this.#goOn(() => void this.newMail()), openFolder: (folder) => this.#goOn(() => this.#leaveFor(folder)), openRow: (row) => this.#goOn(() => void this.openRow(row)),
    });
    this.#sender = new DraftSender({
      client: () => this.#client, events: () => this.#events, openPane: (contextData) => this.#pane.open(contextData),
      sent: async (draft) => await this.#sent(draft), say: (text) => this.#view.say(text),
    });
    this.#pane = new PaneKeeper({ surroundings: () => ({ ...this.#surroundings, permissions: this.#manifest?.permissions ?? '' }), show: (pane) => this.#view.showPane(pane) });
    place.replaceWith(this.#view.element);
    this.#readManifest();
  }

  get client(): ClientSettings { return this.#client; }
  get draft(): Draft | null { return this.#item.kind === 'draft' ? this.#item.draft : null; }

  async start(): Promise<void> {
    this.openFolder('inbox');
    await this.refresh();
    setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh().catch(() => undefined);
    }, FOLDERS_POLL_MS);
  }

  async refresh(): Promise<void> {
    const [folders, writtenTo] = await Promise.all([this.#server.folders(), this.#server.writtenTo()]);
    this.#writtenTo = writtenTo.map(({ name, address }) => ({ displayName: name === '' ? address : name, emailAddress: address }));
    if (JSON.stringify(folders) === JSON.stringify(this.#folders)) return;
    this.#folders = folders;
    this.#showFolders();
  }

  openFolder(folder: FolderName): void {
    this.#folder = folder;
    this.#openItem({ kind: 'none' });
  }

  async openRow(row: FolderRow): Promise<void> {
    const before = this.#item;
    const item = await this.#itemOf(row).catch(() => null);
    // Whoever opened something else meanwhile wants that.
    if (this.#item !== before) return;
    if (!item) return this.#view.say('Mailen kan ikke vises.');
    this.#openItem(item);
    await this.refresh();
  }

  async #itemOf(row: FolderRow): Promise<HostItem> {
    return this.#folder === 'drafts'
      ? { kind: 'draft', draft: draftOfContent(row.id, await this.#server.draft(row.id)) }
      : { kind: 'read', mail: new OpenMail(await this.#server.mail(this.#folder, row)) };
  }

  newMail(): Draft {
    void this.#leave();
    const [first] = this.#facts.senders;
    return this.openDraft(new Draft({ displayName: first?.name ?? '', emailAddress: first?.address ?? '' }));
  }

  openDraft(draft: Draft): Draft {
    this.#openItem({ kind: 'draft', draft });
    return draft;
  }

  /** Sends the open draft as the Send button does. Rejects where Outlook itself cannot send it. */
  async send(): Promise<SendEnd> {
    const { draft } = this;
    if (!draft) throw new Error('Der er ingen mail at sende.');
    this.#compose?.commit();
    return await this.#sender.send(draft);
  }

  /** Plays another client from now on; the pane is loaded again where it must be. */
  changeClient(changed: Partial<ClientSettings>): void {
    const before = this.#client;
    this.#client = { ...before, ...changed };
    if (changed.failNext !== undefined) this.faults.set(changed.failNext);
    if (this.#client.theme !== before.theme) {
      this.#view.setTheme(this.#client.theme);
      this.#pane.frame?.raise('officeThemeChanged', [JSON.stringify(themeNumbers(this.#client.theme))]);
    }
    if (LOADED_WITH.some((setting) => this.#client[setting] !== before[setting])) {
      this.#readManifest();
      if (this.#sender.isSending) void this.#sender.settled().then(() => this.#openItem(this.#item));
      else this.#openItem(this.#item);
    }
  }

  /** Whom Outlook knows that what is typed could mean: colleagues, and those written to before. */
  suggestions(typed: string): readonly Recipient[] {
    const words = typed.trim().toLowerCase();
    const colleagues = this.#facts.colleagues.map(({ name, address }) => ({ displayName: name, emailAddress: address }));
    const known = [...new Map([...colleagues, ...this.#writtenTo].map((one) => [one.emailAddress.toLowerCase(), one])).values()];
    return known.filter(({ displayName, emailAddress }) => `${displayName} ${emailAddress}`.toLowerCase().includes(words));
  }

  /** A mailbox to send from, by its address. */
  sender(address: string): Recipient {
    const known = this.#facts.senders.find((one) => one.address === address.toLowerCase());
    return { displayName: known?.name ?? address, emailAddress: known?.address ?? address };
  }

  #ground(): HostGround {
    return {
      client: () => this.#client,
      keepDraft: async (draft) => await this.#keep(draft),
      sendDraft: () => this.#pressSend(),
      closeItem: () => this.#goOn(() => this.#leaveFor(this.#folder)),
      closePane: () => this.#pane.close(),
      leavePane: (to) => (to === 'mail' ? this.#view.focusMail() : this.#pane.focusBeside(to)),
      openUrl: (url) => void open(url, '_blank', 'noopener'),
      openNewMail: (wish) => this.#goOn(() => this.#openWish(wish)),
      saveRoaming: async (settings) => {
        this.#roaming = settings;
        await saveRoaming(this.#facts.user.address, settings);
      },
    };
  }

  #openWish({ to, cc, bcc, subject, bodyHtml }: NewMailWish): void {
    const draft = this.newMail();
    const recipients = (list: NewMailWish['to']): readonly Recipient[] => list.map(({ name, address }) => ({ displayName: name || address, emailAddress: address }));
    draft.setRecipients({ to: recipients(to), cc: recipients(cc), bcc: recipients(bcc) });
    draft.setSubject(subject);
    draft.setBody(safeHtml(bodyHtml));
  }

  #readManifest(): void {
    this.#manifest = readManifest(this.#manifestXml, this.#client.mailbox, this.#client.language);
    const standIn = !hasSet({ mailbox: REAL_OFFICE_JS_SET }, this.#client.mailbox);
    document.cookie = `${OFFICE_JS_COOKIE}=${standIn ? 'stand-in' : 'usual'}; path=/sandbox/outlook/; SameSite=Strict`;
    if (this.#manifest === null) this.#view.say('Tilføjelsesprogrammets manifest kan ikke læses.');
  }

  #command(): SurfaceCommand | null {
    if (this.#item.kind === 'none') return null;
    return (this.#item.kind === 'draft' ? this.#manifest?.compose : this.#manifest?.read) ?? null;
  }

  /** Shows an item, or none; what was shown before is let go. */
  #openItem(item: HostItem): void {
    this.#sender.shutBox();
    this.#compose?.close();
    this.#compose = null;
    this.#events?.close();
    this.#events = null;
    this.#item = item;
    this.#pane.changeItem(item, this.#command());
    if (item.kind === 'draft') this.#showDraft(item.draft).focus();
    else if (item.kind === 'read') this.#showMail(item.mail);
    else this.#view.showNothing();
    this.#showFolders();
  }

  #showDraft(draft: Draft): ComposeWindow {
    const compose = new ComposeWindow({
      draft, senders: this.#facts.senders, suggest: (typed) => this.suggestions(typed), paneButton: this.#pane.button,
      send: () => this.#pressSend(), discard: () => this.#goOn(() => void this.#discard(draft)),
      openPane: ({ contextData }) => this.#pane.open(contextData), say: (text) => this.#view.say(text),
    });
    this.#compose = compose;
    this.#view.showCompose(compose.element);
    const events = this.#manifest && new LaunchEvents({ ...this.#surroundings, permissions: this.#manifest.permissions }, this.#manifest, draft);
    this.#events = events;
    draft.onChange((change) => {
      if (this.#compose === compose) raiseDraftChange(change, { pane: this.#pane.frame, events, client: this.#client });
    });
    events?.opened();
    return compose;
  }

  #showMail(open: OpenMail): void {
    const { mail } = open;
    const fetchFile = async ({ index }: { readonly index: number }): Promise<Blob> => await (await fetch(`${mail.url}/files/${index}`)).blob();
    const from = this.sender(this.#facts.mailbox.address);
    this.#view.showReading(readingPane({
      open, paneButton: this.#pane.button, openPane: ({ contextData }) => this.#pane.open(contextData),
      reply: () => void replyTo(mail, from, fetchFile).then((draft) => this.openDraft(draft)),
      forward: () => void forwardOf(mail, from, fetchFile).then((draft) => this.openDraft(draft)),
    }));
  }

  #showFolders(): void {
    const chosen = this.#item.kind === 'read' ? this.#item.mail.mail.id : null;
    this.#view.showFolders(this.#folders, { folder: this.#folder, chosen });
  }

  /** Leaves what is open; a draft with something in it is kept. */
  async #leave(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    this.#compose?.commit();
    this.#item = { kind: 'none' };
    if (draft.savedId !== null || draft.everyone.length > 0 || draft.subject !== '' || draft.bodyHtml !== '' || draft.files.length > 0) await this.#keep(draft);
  }

  async #keep(draft: Draft): Promise<string> {
    draft.savedId ??= crypto.randomUUID();
    await this.#server.keepDraft(draft.savedId, {
      recipients: draft.everyone.map(shownRecipient).join('; '), subject: draft.subject, content: await contentOfDraft(draft),
    });
    await this.refresh();
    return draft.savedId;
  }

  async #discard(draft: Draft): Promise<void> {
    this.openFolder(this.#folder);
    if (draft.savedId !== null) await this.#server.forgetDraft(draft.savedId);
    await this.refresh();
  }

  #pressSend(): void {
    void this.send().catch((error: unknown) => this.#view.say(messageOf(error)));
  }

  /** A mail that is being sent is first judged and sent; another one is then opened, or nothing. */
  #goOn(act: () => void): void {
    void this.#sender.afterSend(act);
  }

  #leaveFor(folder: FolderName): void {
    void this.#leave().then(() => this.openFolder(folder));
  }

  async #sent(draft: Draft): Promise<void> {
    if (draft.savedId !== null) await this.#server.forgetDraft(draft.savedId).catch(() => undefined);
    if (this.draft === draft) this.openFolder(this.#folder);
    await this.refresh().catch(() => undefined);
  }
}

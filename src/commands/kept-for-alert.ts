/** What the pane keeps with the mailbox for the Smart Alert (`outlook.setMailboxState`), under the key `postbro`. */
export interface KeptForAlert {
  /** What the organisation is called in a sentence; empty: nobody has told. */
  readonly home: string;
  /** Its own mail domains; empty: nobody has told. */
  readonly mailDomains: readonly string[];
  /** The language of the words, e.g. "en"; left out where the pane speaks Danish, which is built in here. */
  readonly language?: string;
  /** Of that language, the sections `alert` and `address` of the texts. */
  readonly words?: Readonly<Record<string, string>>;
}

/** Reads it; what is not as it should be counts as not told. */
export function keptForAlert(settings: Pick<Office.RoamingSettings, 'get'> | undefined): KeptForAlert {
  const kept: unknown = settings && settings.get('postbro');
  return Object.assign({ home: '', mailDomains: [] }, kept);
}

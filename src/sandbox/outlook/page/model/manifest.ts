/** What one surface of Outlook (writing, reading) shows of the add-in. */
export interface SurfaceCommand {
  /** Id of the button; a Smart Alert names it. */
  readonly id: string;
  readonly label: string;
  readonly icon: string | null;
  readonly paneUrl: string;
  readonly pinnable: boolean;
}

export interface LaunchEvent {
  /** E.g. "OnMessageSend". */
  readonly type: string;
  readonly functionName: string;
  readonly sendMode: 'PromptUser' | 'SoftBlock' | 'Block';
}

/** The add-in, as a client with a certain requirement set reads its manifest. */
export interface AddinManifest {
  readonly name: string;
  readonly permissions: string;
  readonly compose: SurfaceCommand | null;
  readonly read: SurfaceCommand | null;
  /** Page of the functions that events run; null where the client knows no events. */
  readonly eventsUrl: string | null;
  readonly launchEvents: readonly LaunchEvent[];
}

/** Reads a manifest as Outlook on the web would that has no more than `mailboxSet`; null for what is no manifest. */
export function readManifest(xml: string, mailboxSet: string, language: string): AddinManifest | null {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const app = document.documentElement;
  if (app.localName !== 'OfficeApp') return null;
  const overrides = within(app, 'VersionOverrides').reverse().find((one) => meets(one, mailboxSet));
  const name = textIn(child(app, 'DisplayName'), language);
  const permissions = child(app, 'Permissions')?.textContent.trim() ?? '';
  if (!overrides) return { name, permissions, compose: formOf(app, 'ItemEdit', name), read: formOf(app, 'ItemRead', name), eventsUrl: null, launchEvents: [] };
  const reader = new OverridesReader(overrides, language);
  return {
    name, permissions,
    compose: reader.command('MessageComposeCommandSurface'),
    read: reader.command('MessageReadCommandSurface'),
    ...reader.events(),
  };
}

/** One VersionOverrides: it has extension points and resources of its own, and inherits nothing. */
class OverridesReader {
  readonly #overrides: Element;
  readonly #language: string;

  constructor(overrides: Element, language: string) {
    this.#overrides = overrides;
    this.#language = language;
  }

  command(surface: string): SurfaceCommand | null {
    const control = this.#own('ExtensionPoint').filter((one) => typeOf(one) === surface).flatMap((one) => within(one, 'Control'))[0];
    const action = control && within(control, 'Action').find((one) => typeOf(one) === 'ShowTaskpane');
    const source = action && child(action, 'SourceLocation');
    if (!control || !action || !source) return null;
    return {
      id: control.getAttribute('id') ?? '',
      label: this.#resource(child(control, 'Label')) ?? '',
      icon: this.#resource(within(control, 'Image').find((one) => one.getAttribute('size') === '32') ?? null),
      paneUrl: this.#resource(source) ?? '',
      pinnable: child(action, 'SupportsPinning')?.textContent.trim() === 'true',
    };
  }

  events(): Pick<AddinManifest, 'eventsUrl' | 'launchEvents'> {
    const point = this.#own('ExtensionPoint').find((one) => typeOf(one) === 'LaunchEvent');
    if (!point) return { eventsUrl: null, launchEvents: [] };
    const launchEvents = within(point, 'LaunchEvent').map((one) => ({
      type: one.getAttribute('Type') ?? '', functionName: one.getAttribute('FunctionName') ?? '', sendMode: sendModeOf(one.getAttribute('SendMode')),
    }));
    return { eventsUrl: this.#resource(child(point, 'SourceLocation')), launchEvents };
  }

  /** Elements that belong to these overrides, not to newer ones inside them. */
  #own(name: string): readonly Element[] {
    return within(this.#overrides, name).filter((one) => nearestOverrides(one) === this.#overrides);
  }

  #resource(reference: Element | null): string | null {
    const id = reference?.getAttribute('resid');
    const found = ['Image', 'Url', 'String'].flatMap((name) => this.#own(name)).find((one) => one.getAttribute('id') === id);
    return found ? textIn(found, this.#language) : null;
  }
}

function sendModeOf(text: string | null): LaunchEvent['sendMode'] {
  return text === 'Block' || text === 'PromptUser' ? text : 'SoftBlock';
}

function formOf(app: Element, type: string, label: string): SurfaceCommand | null {
  const form = within(app, 'Form').find((one) => typeOf(one) === type);
  const paneUrl = form && within(form, 'SourceLocation')[0]?.getAttribute('DefaultValue');
  return paneUrl ? { id: type, label, icon: child(app, 'IconUrl')?.getAttribute('DefaultValue') ?? null, paneUrl, pinnable: false } : null;
}

function meets(overrides: Element, mailboxSet: string): boolean {
  const sets = child(overrides, 'Requirements') && within(overrides, 'Sets').find((one) => nearestOverrides(one) === overrides);
  if (!sets) return true;
  return [...sets.children].every((one) => minorOf(one.getAttribute('MinVersion') ?? sets.getAttribute('DefaultMinVersion') ?? '1.1') <= minorOf(mailboxSet));
}

/** Of a Mailbox set "1.n". */
function minorOf(set: string): number {
  return Number(set.split('.')[1] ?? 0);
}

function nearestOverrides(one: Element): Element | null {
  return one.parentElement?.closest('VersionOverrides') ?? null;
}

function within(parent: Element, name: string): Element[] {
  return [...parent.getElementsByTagNameNS('*', name)];
}

function child(parent: Element, name: string): Element | null {
  return [...parent.children].find((one) => one.localName === name) ?? null;
}

function typeOf(one: Element): string {
  return one.getAttributeNS('http://www.w3.org/2001/XMLSchema-instance', 'type') ?? '';
}

/** The value for a language, else the default one. */
function textIn(one: Element | null, language: string): string {
  const override = one && [...one.children].find((child_) => child_.localName === 'Override' && child_.getAttribute('Locale') === language);
  return (override?.getAttribute('Value') ?? one?.getAttribute('DefaultValue')) ?? '';
}

/** What makes the manifest of the add-in one's own. */
export interface ManifestChoices {
  /** Where Outlook reaches the gateway: scheme and host, e.g. "https://post.kommune.dk". */
  readonly url: string;
  /** Version of the program, as package.json has it: "1.2.3". */
  readonly version: string;
  /** Another id than the product's: one organisation can have an add-in with this id only once, e.g. a second for tests. */
  readonly id?: string;
  /** Who stands as its provider. */
  readonly providerName?: string;
}

/** `refused`: why it cannot be made, as a Danish sentence for the administrator. */
export type ManifestAnswer =
  | { readonly kind: 'manifest'; readonly xml: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The manifest for one's own host, from the text of `manifest.xml`: every address in it, its version and, where they are
 * given, its id and provider. Outlook takes addresses with https only; http is for this machine's own exercise.
 */
export function addinManifest(template: string, choices: ManifestChoices): ManifestAnswer {
  const origin = originOf(choices.url);
  const version = manifestVersionOf(choices.version);
  const reason = origin.reason ?? version.reason ?? idFault(choices.id) ?? providerFault(choices.providerName);
  if (reason !== null) return { kind: 'refused', reason };
  const elements: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Version', version.value],
    ['Id', choices.id?.toLowerCase()],
    ['ProviderName', choices.providerName?.trim()],
  ];
  const xml = elements.reduce((text, [name, value]) => (value === undefined ? text : withElement(text, name, value)), template);
  return { kind: 'manifest', xml: xml.replaceAll(templateOrigin, origin.value) };
}

/** The host that stands in `manifest.xml`. */
const templateOrigin = 'https://postbro.example';

/** Office's own limit of a short text (OfficeAppManifestV1_1.xsd). */
const providerCharactersMax = 125;

interface Read {
  readonly value: string;
  /** Why it cannot be used; null where it can. */
  readonly reason: string | null;
}

function refusedFor(reason: string): Read {
  return { value: '', reason };
}

function originOf(text: string): Read {
  const written = text.trim();
  if (written === '') return refusedFor('Adressen mangler. Skriv fx --url https://post.kommune.dk');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(written) || !URL.canParse(written)) {
    return refusedFor(`»${written}« er ikke en adresse. Den skal skrives som https://post.kommune.dk`);
  }
  const url = new URL(written);
  const reason = schemeFault(url) ?? restFault(url);
  return { value: url.origin, reason };
}

function schemeFault({ protocol, hostname, host }: URL): string | null {
  if (protocol === 'https:') return null;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'http:' && isHere) return null;
  return `Outlook kræver https. Skriv https://${host}, og giv gatewayen et certifikat. Kun localhost må bruge http.`;
}

function restFault({ origin, username, password, pathname, search, hash }: URL): string | null {
  if (username !== '' || password !== '') return 'Der må ikke stå brugernavn eller kode i adressen.';
  if (pathname !== '/' || search !== '' || hash !== '') {
    return `Efter værten må intet stå, for gatewayen har sine sider øverst på den: skriv ${origin}`;
  }
  return null;
}

/** Office wants four numbers, and takes an add-in below 1.0 for unfinished: 0.1.0 becomes 1.0.1.0. */
function manifestVersionOf(version: string): Read {
  const numbers = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(version);
  if (numbers === null) return refusedFor(`Versionen »${version}« skal være tre tal, fx 1.2.3`);
  return { value: `1.${numbers.slice(1).map(Number).join('.')}`, reason: null };
}

function idFault(id: string | undefined): string | null {
  if (id === undefined || /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id)) return null;
  return `»${id}« er ikke et id. Det skal være et GUID, fx 11111111-2222-3333-4444-555555555555`;
}

function providerFault(name: string | undefined): string | null {
  if (name === undefined) return null;
  const characters = name.trim().length;
  if (characters === 0) return 'Udbyderens navn er tomt.';
  if (characters > providerCharactersMax) {
    return `Udbyderens navn har ${String(characters)} tegn. Office tager højst ${String(providerCharactersMax)}.`;
  }
  // Signs that XML has no place for.
  return /[\0-\x1f\x7f\ufffe\uffff]/.test(name) ? 'Udbyderens navn har tegn, der ikke kan stå i en fil.' : null;
}

function withElement(xml: string, name: string, value: string): string {
  const element = new RegExp(`<${name}>[^<]*</${name}>`);
  if (!element.test(xml)) throw new Error(`manifest.xml has no <${name}>`);
  return xml.replace(element, () => `<${name}>${escapedXml(value)}</${name}>`);
}

function escapedXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

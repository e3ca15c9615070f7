import { SaxesParser } from 'saxes';

/** An element of a manifest. */
export interface ManifestElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ManifestElement[];
  text: string;
}

/** The whole manifest as a tree; throws where it is not well-formed. */
export function readManifest(xml: string): ManifestElement {
  const root: ManifestElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    const element = { name: tag.local, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root.children[0] ?? root;
}

/** Every element under this one with a name, itself included; `within` says which to go into. */
export function all(element: ManifestElement, name: string, within: (element: ManifestElement) => boolean = () => true): readonly ManifestElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.filter(within).flatMap((child) => all(child, name, within))];
}

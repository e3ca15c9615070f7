import { SaxesParser } from 'saxes';

/** Texts of a SOAP answer by path, e.g. "Body/Fault/faultstring": local names, the envelope left out; the first of each counts. */
export type SoapTexts = ReadonlyMap<string, string>;

/** What a register sent is no SOAP answer, or more than one may be. Says nothing of what it was. */
export class SoapUnreadable extends Error {}

const DEPTH_MAX = 32;
const ELEMENTS_MAX = 20_000;

/**
 * Reads a SOAP 1.1 answer, bounded in depth and elements; its length is for the caller to bound. Refused are DOCTYPE, and
 * with it every entity but the five of XML, and whatever is no envelope. Throws SoapUnreadable.
 */
export function readSoap(xml: string): SoapTexts {
  const texts = new Map<string, string>();
  const open: { readonly name: string; text: string }[] = [];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (): never => {
    throw new SoapUnreadable('no readable SOAP answer');
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ local }) => {
    elements += 1;
    if (open.length >= DEPTH_MAX || elements > ELEMENTS_MAX) refuse();
    open.push({ name: local, text: '' });
  });
  const take = (text: string): void => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => {
    const path = open.slice(1).map(({ name }) => name).join('/');
    const closed = open.pop();
    if (open.length === 0 && closed?.name !== 'Envelope') refuse();
    if (closed && !texts.has(path)) texts.set(path, closed.text.trim());
  });
  parser.write(xml).close();
  return texts;
}

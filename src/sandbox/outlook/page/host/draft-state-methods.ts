import type { Draft } from '../model/draft.ts';
import { recordOf } from './conversation.ts';
import { hasSet } from './client-settings.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostGround, type HostMethods, type MethodParameters } from './host-method.ts';

/** Characters of all session data, before and from Mailbox 1.16; of one header; of all headers in bytes; of custom properties (outlook.md 1). */
const SESSION_LENGTH_MAX = 50_000;
const SESSION_LENGTH_MAX_116 = 2_621_440;
const HEADER_LENGTH_MAX = 998;
const HEADERS_LENGTH_MAX = 262_144;
const CUSTOM_PROPERTIES_LENGTH_MAX = 2_500;

/** What follows a draft: headers of the mail, session data, custom properties. */
export function draftStateMethods(draft: Draft, ground: Pick<HostGround, 'client'>): HostMethods {
  return {
    3: () => JSON.stringify(draft.customProperties),
    4: (parameters) => {
      const properties = recordOf(parameters['customProperties']);
      if (JSON.stringify(properties).length > CUSTOM_PROPERTIES_LENGTH_MAX) throw new HostFailure('GenericSettingsError');
      draft.customProperties = properties;
    },
    151: (parameters) => headersOf(draft, namesIn(parameters)),
    152: (parameters) => setHeaders(draft, recordOf(parameters['internetHeaderNameValuePairs'])),
    153: (parameters) => draft.removeHeaders(namesIn(parameters)),
    185: (parameters) => {
      const [name, value] = [textOf(parameters, 'name'), textOf(parameters, 'value')];
      const length = [...draft.sessionData].reduce((sum, [key, kept]) => (key === name ? sum : sum + kept.length), value.length);
      if (length > (hasSet(ground.client(), '1.16') ? SESSION_LENGTH_MAX_116 : SESSION_LENGTH_MAX)) throw new HostFailure('SessionObjectMaxLengthExceeded');
      draft.sessionData.set(name, value);
    },
    186: (parameters) => {
      const value = draft.sessionData.get(textOf(parameters, 'name'));
      if (value === undefined) throw new HostFailure('KeyNotFound');
      return value;
    },
    187: () => Object.fromEntries(draft.sessionData),
    188: () => draft.sessionData.clear(),
    189: (parameters) => {
      if (!draft.sessionData.delete(textOf(parameters, 'name'))) throw new HostFailure('KeyNotFound');
    },
  };
}

function namesIn(parameters: MethodParameters): readonly string[] {
  const names = parameters['internetHeaderKeys'];
  return Array.isArray(names) ? names.map(String) : [];
}

/** Headers that are not there are left out; letter case of a name does not count. */
function headersOf(draft: Draft, names: readonly string[]): Readonly<Record<string, string>> {
  const found = names.flatMap((name) => {
    const kept = [...draft.headers].find(([key]) => key.toLowerCase() === name.toLowerCase());
    return kept ? [[name, kept[1]] as const] : [];
  });
  return Object.fromEntries(found);
}

function setHeaders(draft: Draft, headers: Readonly<Record<string, unknown>>): void {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const others = [...draft.headers].filter(([name]) => headers[name] === undefined);
  if (headersFault([...others, ...pairs]) !== null) throw new HostFailure('InvalidParameterValueError');
  draft.setHeaders(Object.fromEntries(pairs));
}

/** The name of the first header that a mail cannot have, or with which there are too many; null where all may stand. */
export function headersFault(pairs: readonly (readonly [name: string, value: string])[]): string | null {
  let length = 0;
  for (const [name, value] of pairs) {
    length += name.length + value.length;
    if (!/^x-[!-9;-~]*$/i.test(name) || /[\r\n\0]/.test(value) || name.length + value.length > HEADER_LENGTH_MAX || length > HEADERS_LENGTH_MAX) return name;
  }
  return null;
}

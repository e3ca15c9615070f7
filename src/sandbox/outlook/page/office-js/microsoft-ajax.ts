/**
 * What office.js for Outlook on the web needs of Microsoft's old AJAX library, which it otherwise fetches from a place of its
 * own: name spaces, classes, a few errors. Written for this purpose; the library itself is not here.
 */
export function installMicrosoftAjax(): void {
  const functions = Function as unknown as Record<string, unknown>;
  functions['_validateParams'] = () => null;
  functions['_validateParameter'] = () => null;
  functions['registerNamespace'] = makeNamespace;
  functions['registerClass'] = () => undefined;
  // Called on every class of the libraries' strings.
  Object.defineProperty(Function.prototype, 'registerClass', { value: registered, configurable: true, writable: true });
  Object.assign(globalThis, { Type: Function, Sys: sys });
  Object.assign(Error, Object.fromEntries(['argument', 'argumentNull', 'argumentOutOfRange', 'argumentType', 'argumentUndefined', 'parameterCount', 'invalidOperation', 'notImplemented', 'format']
    .map((name) => [name, (...said: readonly unknown[]) => errorNamed(`Sys.${name.charAt(0).toUpperCase()}${name.slice(1)}Exception`, said)])));
}

const sys = {
  StringBuilder: class {
    #text = '';

    append(more: unknown): this {
      this.#text += String(more);
      return this;
    }

    toString(): string {
      return this.#text;
    }
  },
  Serialization: { JavaScriptSerializer: { serialize: (value: unknown) => JSON.stringify(value), deserialize: (text: string) => JSON.parse(text) as unknown } },
  Debug: { trace: () => undefined, fail: () => undefined },
  Browser: { agent: null, InternetExplorer: {} },
};

function registered(this: unknown): unknown {
  return this;
}

function makeNamespace(path: string): void {
  let place = globalThis as unknown as Record<string, unknown>;
  for (const name of path.split('.')) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
}

function errorNamed(name: string, said: readonly unknown[]): Error {
  const error = new Error(`${name}: ${said.filter((one) => one !== undefined && one !== null).map(String).join(' ')}`);
  error.name = name;
  return error;
}

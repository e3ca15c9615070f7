import type { BrowserContext, Frame } from 'playwright-core';

/** Everything that the browser keeps for the pane, as text. */
export async function keptBy(pane: Frame, context: BrowserContext): Promise<string> {
  const stored = await pane.evaluate(async () => {
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, part]) => `${name} ${textOf(part)}`).join(' ');
      return String(value);
    };
    const settled = async <T>(request: IDBRequest<T>): Promise<T> => await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
    const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ''));
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName);
        kept.push(textOf(await settled(store.getAllKeys())), textOf(await settled(store.getAll())));
      }
      database.close();
    }
    return kept.join('\n');
  });
  return stored + JSON.stringify(await context.cookies());
}

/** JSON out of a stranger's text; null when it is none. Never throws: the parser's own error quotes what it read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

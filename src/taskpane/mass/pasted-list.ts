let pasted = '';

/** Keeps what was pasted in Skriv and goes to many, until Send til mange opens. In memory only: it holds whole numbers. */
export function handOverList(text: string): void {
  pasted = text;
}

/** What was handed over, once; empty where nothing was. */
export function takeOverList(): string {
  const text = pasted;
  pasted = '';
  return text;
}

const marks = new Map<string, string>();

/** What a row is called in the page, where its key may hold a CPR number; the same for the same key as long as the pane is open. */
export function rowMark(key: string): string {
  const mark = marks.get(key) ?? `row-${String(marks.size + 1)}`;
  marks.set(key, mark);
  return mark;
}

type Child = Node | string | null;

/** What an element is made with: attributes as in HTML (null: absent, true: present), and `on…` listeners. */
export type ElementParts = Readonly<Record<string, string | boolean | null | ((event: Event) => void)>>;

/** Makes an element. Text stands as text, whatever it holds. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, parts: ElementParts = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'function') made.addEventListener(name.slice('on'.length), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

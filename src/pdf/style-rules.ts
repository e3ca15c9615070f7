/** CSS declarations by property name, lower case; a later one has replaced an earlier one. */
export type Declarations = Readonly<Record<string, string>>;

/** The rules of a mail's `<style>` elements whose selector is one tag, class or id, or a tag with one class. */
export type StyleRules = ReadonlyMap<string, Declarations>;

const cssCharsMax = 500_000;
const rulesMax = 5_000;
// Bounds the work of the pattern below on a hostile style; Word's longest are under a thousand.
const declarationCharsMax = 4_000;

/**
 * Reads style sheets as far as a letter needs them: which classes hide, embolden, align. Word writes a class for each
 * of its styles, so `MsoNormal`'s missing margins stand here. At-rules and compound selectors are passed over.
 */
export function readStyleRules(css: string): StyleRules {
  const rules = new Map<string, Declarations>();
  const clean = withoutComments(css.slice(0, cssCharsMax)).replace(/<!--|-->/gu, '');
  for (const { head, body } of topLevelRules(clean)) {
    if (head.startsWith('@') || rules.size > rulesMax) continue;
    const declarations = readDeclarations(body);
    for (const part of head.split(',')) {
      const selector = part.trim();
      if (!/^(?:[a-z][\w]*)?(?:[.#][\w-]+)?$/iu.test(selector) || selector === '') continue;
      const key = selectorKey(selector);
      rules.set(key, { ...rules.get(key), ...declarations });
    }
  }
  return rules;
}

function withoutComments(css: string): string {
  let clean = '';
  let from = 0;
  for (let at = css.indexOf('/*'); at >= 0; at = css.indexOf('/*', from)) {
    clean += css.slice(from, at);
    const end = css.indexOf('*/', at + 2);
    from = end < 0 ? css.length : end + 2;
  }
  return clean + css.slice(from);
}

// Tags are matched without regard to case, classes as written; Word writes `p.MsoNormal`.
function selectorKey(selector: string): string {
  const name = /^[a-z][\w]*/iu.exec(selector)?.[0] ?? '';
  return name.toLowerCase() + selector.slice(name.length);
}

function* topLevelRules(css: string): Generator<{ head: string; body: string }> {
  let depth = 0;
  let from = 0;
  let head = '';
  for (const brace of css.matchAll(/[{};]/gu)) {
    if (brace[0] === '{' && depth++ === 0) {
      head = css.slice(from, brace.index).trim();
      from = brace.index + 1;
    } else if (brace[0] === '}' && depth > 0 && --depth === 0) {
      yield { head, body: css.slice(from, brace.index) };
      from = brace.index + 1;
    } else if (brace[0] === ';' && depth === 0) {
      from = brace.index + 1;
    }
  }
}

const declaration = /(?<![\w-])([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])*)/gu;

/** Reads `a: b; c: d`. Values are lower case and without `!important`. */
export function readDeclarations(text: string): Declarations {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.slice(0, declarationCharsMax).matchAll(declaration)) {
    found[name.toLowerCase()] = value.replace(/\s*!important\s*$/iu, '').trim().toLowerCase();
  }
  return found;
}

export type StyledElement = {
  readonly tag: string;
  readonly className: string;
  readonly id: string;
  readonly style: string;
};

/** What the rules and its own `style` say of an element: tag, classes, tag with class, id, style, in that order. */
export function declarationsOf(element: StyledElement, rules: StyleRules): Declarations {
  const own = element.style === '' ? null : readDeclarations(element.style);
  if (rules.size === 0) return own ?? none;
  const classes = element.className === '' ? [] : element.className.split(/\s+/u, 20);
  const keys = [
    element.tag, ...classes.map((name) => `.${name}`), ...classes.map((name) => `${element.tag}.${name}`),
    ...(element.id === '' ? [] : [`#${element.id}`, `${element.tag}#${element.id}`]),
  ];
  const found = keys.map((key) => rules.get(key)).filter((rule) => rule !== undefined);
  if (found.length === 0) return own ?? none;
  return Object.assign({}, ...found, own) as Declarations;
}

const none: Declarations = {};

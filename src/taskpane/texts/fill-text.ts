export type TextParameters = Readonly<Record<string, string | number>>;

/** A piece of a text: words of ours, or what was filled in for a parameter. */
export interface TextPart {
  readonly text: string;
  /** Name of the parameter; null for words of ours. */
  readonly parameter: string | null;
}

/** Fills {x} in; a parameter that is missing stays as it is written, so that it is seen. Never read as HTML. */
export function fillText(template: string, parameters: TextParameters = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(name in parameters ? parameters[name] : whole));
}

/** The same in pieces, for screens that show what was filled in in bold. */
export function textParts(template: string, parameters: TextParameters): readonly TextPart[] {
  return template
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      const value = name === undefined ? undefined : parameters[name];
      return name === undefined || value === undefined ? { text: piece, parameter: null } : { text: String(value), parameter: name };
    });
}

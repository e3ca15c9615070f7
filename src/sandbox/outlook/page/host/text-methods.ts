import type { Draft } from '../model/draft.ts';
import { htmlOfText, safeHtml, textOfHtml } from '../model/mail-html.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostMethods, type MethodParameters } from './host-method.ts';

/** Characters of a subject and of a body (outlook.md 1). */
export const SUBJECT_LENGTH_MAX = 255;
export const BODY_LENGTH_MAX = 1_000_000;
/** Office.js's coercion types in the messages. */
const TEXT = 0;
const HTML = 3;

/** Emne and Besked. */
export function textMethods(draft: Draft): HostMethods {
  return {
    14: () => 'html',
    17: (parameters) => {
      const subject = textOf(parameters, 'subject');
      if (subject.length > SUBJECT_LENGTH_MAX) throw new HostFailure('InvalidParameterValueError');
      draft.setSubject(subject);
    },
    18: () => draft.subject,
    23: (parameters) => draft.setBody(`${bodyOf(parameters)}${draft.bodyHtml}`),
    37: (parameters) => bodyAs(draft.bodyHtml, parameters),
    38: (parameters) => draft.setBody(bodyOf(parameters)),
    174: () => ({ composeType: draft.origin.composeType, coercionType: 'html' }),
  };
}

/** A body as it was asked for: as HTML or as text. */
export function bodyAs(html: string, parameters: MethodParameters): string {
  return parameters['coercionType'] === TEXT ? textOfHtml(html) : html;
}

function bodyOf(parameters: MethodParameters): string {
  const data = textOf(parameters, 'data');
  if (data.length > BODY_LENGTH_MAX) throw new HostFailure('InvalidParameterValueError');
  return parameters['coercionType'] === HTML ? safeHtml(data) : htmlOfText(data);
}

/**
 * What passes between the add-in and the gateway: the one contract, read by both sides (zod/mini, for the pane's weight).
 * Version 1 only grows: new fields of a question are optional, an add-in passes over fields of an answer that it does not
 * know, and reads a word it does not know as the last of its list. So an add-in one release behind goes on working.
 * CPR numbers stand in bodies only, and no answer repeats the number it was asked about: `position` says which it was.
 * Questions and answers stand apart, and answers by subject, so that the pane carries what it reads and no more.
 */
export const GATEWAY_API_VERSION = 1;

export * from './gateway-api-questions.ts';
export * from './gateway-api-me.ts';
export * from './gateway-api-names.ts';
export * from './gateway-api-recipients.ts';
export * from './gateway-api-guard.ts';
export * from './gateway-api-files.ts';
export * from './gateway-api-letters.ts';
export * from './gateway-api-problem.ts';
export * from './gateway-api-sent.ts';
export * from './gateway-api-news.ts';
export * from './gateway-api-audit.ts';

import { contactPointForm } from './contact-point.ts';

/** Why an address is wrong, in the few kinds that a row or a box has room for. */
export type AddressReason = MalformedReason | 'citizenPoint';

export type MalformedReason =
  | 'signs' | 'channel' | 'sender' | 'eboks' | 'massMitdk' | 'massReply' | 'count' | 'countForm' | 'hyphen' | 'digits' | 'reply' | 'point' | 'rest';

/**
 * The reason for an address under digital-post.dk that the gateway's grammar does not take: the first thing that a person
 * would put right. `malformed-address.ts` says it at length.
 */
export function addressReason(text: string): MalformedReason {
  for (const [reason, pattern] of patterns) if (pattern.test(text)) return reason;
  return 'signs';
}

const gatewayEnd = String.raw`digital-post\.dk\.?$)`;
const number = String.raw`^(?:\d{10}|\d{8}(?!\d))`;
const reply = '-reply(?![a-z0-9])';

/** Each rests on those above it: from the second on there are plain signs and one "@", from the fourth on the sender is right. */
const patterns: readonly (readonly [MalformedReason, RegExp])[] = ([
  ['signs', String.raw`^[^]{257}|[^a-z0-9.@-]|^[^@]*$|@.*@`],
  ['channel', String.raw`@(?!(?:(?:.*\.)?(?:ngdp|mitdk|eboks)\.)?${gatewayEnd}`],
  ['eboks', String.raw`@${contactPointForm}\.eboks\.digital-post\.dk\.?$`],
  ['sender', String.raw`@(?!(?:(?:\d{8}|${contactPointForm})\.(?:ngdp|mitdk|eboks)\.)?${gatewayEnd}`],
  ['massMitdk', String.raw`^masse?for.*@(?!.*\.ngdp\.${gatewayEnd}`],
  ['massReply', '^masse?for[^@]*reply'],
  ['count', '^(?:masseforsendelse--*@|(?!masseforsendelse-)masse?for)'],
  ['countForm', '^masse?for'],
  ['hyphen', String.raw`^\d{6}-\d{4}(?!\d)`],
  ['digits', String.raw`^(?!(?:\d{10}|\d{8})(?!\d))`],
  ['eboks', String.raw`@(?=(?:.*\.eboks\.)?${gatewayEnd}`],
  ['reply', `${number}(?:${reply}|(?!${reply}))[^@]*reply`],
  ['point', String.raw`${number}(?:${reply})?\.`],
  ['rest', `${number}(?!(?:-reply)?@)`],
] as const).map(([reason, source]) => [reason, new RegExp(source, 'i')]);

import { addressFault, type AddressFault } from './address-fault.ts';

/** Why an address is wrong, in the few kinds that a row or a box has room for. */
export type AddressReason =
  | 'digits' | 'hyphen' | 'reply' | 'point' | 'sender' | 'channel' | 'signs' | 'rest'
  | 'count' | 'countForm' | 'massMitdk' | 'massReply' | 'citizenPoint' | 'eboks';

/** The reason for an address that the gateway's grammar does not take. */
export function addressReason(text: string): AddressReason {
  return reasons[addressFault(text)];
}

const reasons: Readonly<Record<AddressFault, AddressReason>> = {
  'too-long': 'signs', 'blank': 'signs', 'foreign-signs': 'signs', 'strange-sign': 'signs', 'no-at': 'signs', 'two-ats': 'signs',
  'ending': 'channel',
  'sender-missing': 'sender', 'sender-digits': 'sender', 'sender-point': 'sender', 'sender-form': 'sender', 'eboks-sender-point': 'eboks',
  'mass-mitdk': 'massMitdk', 'mass-eboks': 'massMitdk', 'mass-reply': 'massReply', 'mass-point': 'countForm', 'mass-form': 'count',
  'count-missing': 'count', 'count-extra-hyphen': 'count', 'count-hyphen': 'countForm', 'count-form': 'countForm', 'count-zero': 'countForm',
  'count-leading-zero': 'countForm', 'count-large': 'countForm',
  'number-hyphen': 'hyphen', 'number-missing': 'digits', 'number-digits': 'digits',
  'eboks-reply': 'eboks', 'eboks-point': 'eboks', 'eboks-form': 'eboks', 'reply-place': 'reply', 'point-form': 'point', 'rest': 'rest',
  'unreadable': 'signs',
};

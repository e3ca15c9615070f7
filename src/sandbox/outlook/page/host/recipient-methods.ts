import { isResolved, recipientFields, type Recipient, type RecipientField } from '../model/recipient.ts';
import type { Draft } from '../model/draft.ts';
import { recordOf } from './conversation.ts';
import { HostFailure } from './host-failure.ts';
import type { HostGround, HostMethods, MethodParameters } from './host-method.ts';

/** Recipients that one call may hand over (outlook.md 1). */
export const RECIPIENTS_PER_CALL = 100;
/** Characters of an address and of a display name (outlook.md 1). */
export const ADDRESS_LENGTH_MAX = 571;
export const DISPLAY_NAME_LENGTH_MAX = 255;

/** Til, Cc, Bcc and Fra. */
export function recipientMethods(draft: Draft, ground: Pick<HostGround, 'client'>): HostMethods {
  const write = (parameters: MethodParameters, kept: (field: RecipientField) => readonly Recipient[]): void => {
    const field = fieldOf(parameters);
    const wanted = readRecipients(parameters['recipientArray']);
    const { addressLengthMax } = ground.client();
    // Outlook on the web says that it added them, and does not (outlook.md 8.1).
    const taken = wanted.filter(({ emailAddress }) => addressLengthMax === null || emailAddress.length <= addressLengthMax);
    draft.setRecipients({ [field]: [...kept(field), ...taken] });
  };
  return {
    15: (parameters) => draft.recipients(fieldOf(parameters)).map(forAddIn),
    21: (parameters) => write(parameters, () => []),
    22: (parameters) => write(parameters, (field) => draft.recipients(field)),
    107: () => forAddIn(draft.from),
  };
}

/** As office.js takes recipients. */
export function forAddIn(recipient: Recipient): { readonly name: string; readonly address: string; readonly recipientType: number; readonly appointmentResponse: number } {
  const { displayName: name, emailAddress: address } = recipient;
  return { name, address, recipientType: isResolved(recipient) ? 2 : 0, appointmentResponse: 0 };
}

function fieldOf(parameters: MethodParameters): RecipientField {
  const field = recipientFields[Number(parameters['recipientField'])];
  if (!field) throw new HostFailure('InvalidParameterValueError');
  return field;
}

function readRecipients(list: unknown): readonly Recipient[] {
  if (!Array.isArray(list) || list.length > RECIPIENTS_PER_CALL) throw new HostFailure('NumberOfRecipientsExceeded');
  return list.map((one: unknown) => {
    const { name, address } = recordOf(one);
    const emailAddress = typeof address === 'string' ? address : '';
    const displayName = typeof name === 'string' && name !== '' ? name : emailAddress;
    if (displayName === '' || emailAddress.length > ADDRESS_LENGTH_MAX || displayName.length > DISPLAY_NAME_LENGTH_MAX) {
      throw new HostFailure('InvalidParameterValueError');
    }
    return { displayName, emailAddress };
  });
}

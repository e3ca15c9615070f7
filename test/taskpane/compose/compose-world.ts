import type { MeAnswer, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import type { Draft, MailRecipient } from '../../../src/taskpane/office/outlook.ts';

// People, mailboxes and drafts of the exercise, as the tests of Skriv need them.

export const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
export const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
export const DESK = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
export const EKSEMPEL = '35833684';
export const NANCY = '2512489996';
export const COMPANY = '87654321';

export const nancyAt = (options: { readonly reply?: boolean; readonly sender?: string; readonly channel?: string } = {}): string =>
  `${NANCY}${options.reply === false ? '' : '-reply'}@${options.sender ?? JOBCENTER}.${options.channel ?? 'ngdp'}.digital-post.dk`;

export function person(emailAddress: string, displayName = emailAddress): MailRecipient {
  return { emailAddress, displayName };
}

export function draft(part: Partial<Draft> = {}): Draft {
  return {
    kind: 'draft', from: { address: 'jobcenter@kommune.example', name: 'Jobcenter' }, to: [], cc: [], bcc: [], subject: '', attachments: [], ...part,
  };
}

type Mailbox = MeAnswer['mailboxes'][number];

export function mailbox(part: Partial<Mailbox> = {}): Mailbox {
  const channel = { available: true, reason: null, replyable: true, massSend: true, contactPoints: true };
  return {
    address: 'jobcenter@kommune.example',
    channels: [
      { ...channel, id: 'ngdp', name: 'Digital Post' },
      { ...channel, id: 'mitdk', name: 'mit.dk', massSend: false },
      { ...channel, id: 'eboks', name: 'e-Boks', available: false, reason: 'e-Boks er ikke taget i brug her.', replyable: false, massSend: false, contactPoints: false },
    ],
    senders: [
      { key: JOBCENTER, kind: 'contact-point', label: 'Jobcenter', answersTo: 'jobcenter@kommune.example', mapped: true },
      { key: EKSEMPEL, kind: 'organisation', label: 'Eksempel Kommune', answersTo: 'jobcenter@kommune.example', mapped: true },
    ],
    actions: ['send'],
    holdSingleMs: 0, holdMassMs: 900_000, approvalOverRecipients: null,
    ...part,
  };
}

export function me(part: Partial<MeAnswer> = {}): MeAnswer {
  return {
    apiVersion: 1, gatewayVersion: '0.1.0',
    user: { id: '1', name: 'Mette Sørensen', address: 'mette@kommune.example' },
    organisation: {
      name: 'Eksempel Kommune', cvrNumbers: [EKSEMPEL], mailDomains: ['kommune.example', 'kommune.test'], helpContact: 'hjælp@kommune.example', home: 'kommunen', helpUrl: null,
    },
    guard: { on: false, stopsWholeMail: false },
    may: ['send', 'lookup-cpr', 'lookup-cvr'], cprAccess: 'authority', cvrAccess: true,
    mailboxes: [mailbox()],
    limits: { attachmentsMax: 10, memoBytesMax: 99_500_000, checkRecipientsMax: 100, checkBatchMax: 10_000, bodyBytesMax: 1_000_000, checkNamesMax: 20, typedOverRecipients: 100 },
    news: null,
    fetchedAt: '2026-11-26T08:00:00Z', expiresAt: '2026-11-27T08:00:00Z',
    ...part,
  };
}

export type FoundPerson = Extract<NonNullable<RecipientCheck['person']>, { kind: 'found' }>;

export function found(part: Partial<FoundPerson> = {}): FoundPerson {
  return { kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null, ...part };
}

export function check(part: Partial<RecipientCheck> = {}): RecipientCheck {
  return { position: 0, shown: '251248-xxxx', reach: { state: 'registered', from: null }, person: found(), company: null, sameAs: null, ...part };
}

import { channels, memoChannelIds, type MemoChannelId } from '../../domain/channel.ts';
import { GATEWAY_API_VERSION, meAnswer, type MeAnswer } from '../../domain/gateway-api.ts';
import { mailGuardOf } from '../../domain/mail-guard.ts';
import { homeWordOf, memoSenderOf, secureMailboxOf, type Organisation, type SecureMailbox } from '../../domain/organisation.ts';
import { releaseNotes } from '../../domain/release-notes.ts';
import { actionsFrom } from '../../domain/rights.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import { guardDefaults } from '../settings/mail-guard-settings.ts';
import { entryOfCvr } from '../settings/organisations-file.ts';
import { jsonAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, type ApiRoute } from './api-route.ts';
import { checkNamesMax } from './recipient-actions.ts';

/** GET /api/v1/me: who the caller is, and what the add-in may offer: mailboxes, channels, senders and where answers go. */
export const meRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/v1/me',
  summary: 'Hvem er jeg, og hvad må jeg',
  callers: ['person'],
  right: null,
  audit: null,
  bodySchema: null,
  querySchema: null,
  answers: { 200: { description: 'Rettigheder, postkasser, afsendere og grænser.', schema: meAnswer } },
  async handle(parts, { caller }) {
    const organisation = parts.directory.organisationOfTenant(caller.tenant ?? '');
    if (!organisation) return callProblem(parts.settings.PUBLIC_URL, 'not-found', 'Organisationen er ikke længere på denne gateway.');
    return jsonAnswer(200, meOf(parts, caller, organisation));
  },
});

function meOf(parts: ApiParts, caller: ApiCaller, organisation: Organisation): MeAnswer {
  const { settings } = parts;
  const lookup = entryOfCvr(parts.organisations(), organisation.cvrNumbers[0] ?? '')?.lookup;
  const own = (caller.mailboxes ?? []).map((address) => secureMailboxOf(organisation, address)).filter((one) => one !== null);
  const guard = mailGuardOf(organisation, guardDefaults(settings));
  return {
    apiVersion: GATEWAY_API_VERSION,
    gatewayVersion: packageFile.version,
    user: { id: caller.id, name: caller.fullName ?? caller.name, address: caller.name },
    organisation: {
      name: organisation.name,
      cvrNumbers: [...organisation.cvrNumbers],
      mailDomains: [...organisation.mailDomains],
      helpContact: organisation.helpContact,
      home: homeWordOf(organisation),
      helpUrl: organisation.helpUrl ?? null,
    },
    guard: { on: guard.on, stopsWholeMail: guard.stops === 'mail' },
    may: [...caller.may],
    cprAccess: lookup?.cpr && caller.may.has('lookup-cpr') ? lookup.access : null,
    cvrAccess: Boolean(lookup?.cvr) && caller.may.has('lookup-cvr'),
    mailboxes: own.map((mailbox) => shownMailbox(parts, { caller, organisation, mailbox })),
    limits: limitsOf(settings),
    news: settings.NEWS === 'on' ? releaseNotes.filter(({ component }) => component === 'add-in').map(({ date }) => date) : null,
    fetchedAt: parts.now().toISOString(),
    expiresAt: new Date(parts.now().getTime() + settings.ME_MEMORY_MS).toISOString(),
  };
}

function limitsOf(settings: ApiParts['settings']): MeAnswer['limits'] {
  const { attachmentsMax, memoBytesMax } = channels.ngdp;
  return {
    attachmentsMax,
    memoBytesMax,
    checkRecipientsMax: settings.CHECK_RECIPIENTS_MAX,
    checkNamesMax: checkNamesMax(settings),
    checkBatchMax: settings.CHECK_BATCH_MAX,
    bodyBytesMax: settings.API_BODY_MAX_BYTES,
    typedOverRecipients: settings.MASS_TYPED_OVER_RECIPIENTS === 0 ? null : settings.MASS_TYPED_OVER_RECIPIENTS,
  };
}

interface OwnMailbox {
  readonly caller: ApiCaller;
  readonly organisation: Organisation;
  readonly mailbox: SecureMailbox;
}

function shownMailbox(parts: ApiParts, { caller, organisation, mailbox }: OwnMailbox): MeAnswer['mailboxes'][number] {
  const { settings } = parts;
  const approvalOver = settings.MASS_APPROVAL_OVER_RECIPIENTS;
  return {
    address: mailbox.address,
    channels: memoChannelIds.map((id) => shownChannel(parts, mailbox, id)),
    senders: mailbox.senders.flatMap((key) => shownSender(organisation, mailbox, key)),
    actions: [...actionsFrom(caller, mailbox)],
    holdSingleMs: mailbox.holdSingleMs ?? settings.HOLD_SINGLE_MS,
    holdMassMs: mailbox.holdMassMs ?? settings.HOLD_MASS_MS,
    approvalOverRecipients: approvalOver === 0 ? null : approvalOver,
  };
}

function shownChannel({ channels: connected, settings }: ApiParts, mailbox: SecureMailbox, id: MemoChannelId): MeAnswer['mailboxes'][number]['channels'][number] {
  const { name, replyable, massSend, contactPoints } = channels[id];
  const reason = !connected.includes(id)
    ? `${name} er ikke taget i brug her.`
    : mailbox.channels.includes(id) ? null : `${mailbox.address} er ikke koblet til ${name}.`;
  const named = contactPoints && (id !== 'mitdk' || settings.MITDK_CONTACT_STRUCTURE === 'on');
  return { id, name, available: reason === null, reason, replyable, massSend, contactPoints: named };
}

/**
 * As whom the mailbox may send, with the path of an answer: to the contact point's mailbox or, where it has none, the main
 * mailbox; to the organisation itself, back to the mailbox that sent (design.md, "Content").
 */
function shownSender(organisation: Organisation, { address }: SecureMailbox, key: string): readonly MeAnswer['mailboxes'][number]['senders'][number][] {
  const isCvr = organisation.cvrNumbers.includes(key);
  const sender = memoSenderOf(organisation, isCvr ? { kind: 'cvr', cvr: key } : { kind: 'contact-point', id: key });
  if (!sender) return [];
  const ownMailbox = sender.contactPoint?.mailbox ?? null;
  return [{
    key,
    kind: isCvr ? 'organisation' : 'contact-point',
    label: sender.label,
    answersTo: isCvr ? address : (ownMailbox ?? organisation.mainMailbox),
    mapped: isCvr || ownMailbox !== null,
  }];
}

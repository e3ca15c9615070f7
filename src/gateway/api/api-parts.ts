import type { MemoChannelId } from '../../domain/channel.ts';
import type { Problem } from '../../domain/problem.ts';
import type { HeaderBlock } from '../../mail/read-header-block.ts';
import type { Settings } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { ApiActions } from './api-actions.ts';
import type { AdminActions } from './admin-actions.ts';
import type { ApiClients } from './api-clients.ts';
import type { DocumentActions } from './document-actions.ts';
import type { GuardActions } from './guard-actions.ts';
import type { LookupActions } from './lookup-actions.ts';
import type { NewsActions } from './news-actions.ts';
import type { ApiProof } from './proof-actions.ts';
import type { RecipientActions } from './recipient-actions.ts';
import type { SentWatch } from './sent-watch.ts';
import type { SecretKeys } from '../store/secret-keys.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import type { Directory } from '../../domain/organisation.ts';

/** What the API needs from outside, handed in at the start, for no step knows another. */
export interface ApiParts {
  readonly settings: Settings;
  readonly database: Database;
  readonly log: Log;
  readonly now: () => Date;
  readonly clients: ApiClients;
  readonly keys: SecretKeys;
  /** Networks that are connected here. */
  readonly channels: readonly MemoChannelId[];
  readonly directory: Directory;
  /** The organisations with their settings, as they are now. */
  readonly organisations: () => readonly OrganisationEntry[];
  readonly rules: ApiRules;
  readonly actions: ApiActions;
  readonly lookups: LookupActions;
  readonly recipients: RecipientActions;
  readonly documents: DocumentActions;
  readonly guard: GuardActions;
  readonly news: NewsActions;
  readonly admin: AdminActions;
  readonly proof: ApiProof;
  readonly sent: SentWatch;
  /** Called after each mail that is durably stored, before the program hears of it. */
  readonly onAccepted: (submissionId: number, bytes: number) => void;
  /** Called for each Problem for which a mail is refused here. */
  readonly onRefused: (problem: Problem) => void;
}

/** The envelope of a program's mail; its log-on stands for the client certificate that SMTP has. */
export interface ApiEnvelope {
  readonly peerCvrs: readonly string[];
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/** The very rules that the SMTP door asks (`assess/sender-rights.ts`), so that a program has the rights of its mailbox. */
export interface ApiRules {
  refuseSender(envelope: ApiEnvelope): Problem | null;
  refuseRecipient(envelope: ApiEnvelope, recipient: string): Problem | null;
  refuseHeader(envelope: ApiEnvelope, header: HeaderBlock): Problem | null;
}

import type { ApiCaller } from './api-caller.ts';
import type { AdminCertificate, AdminMailboxes, ConnectionTestResult, Guide } from './admin-schemas.ts';

/** What administrators see and do of their own organisation. The stories are handed in, for no step knows a story. */
export interface AdminActions {
  /** Null when the organisation is no longer on this gateway. */
  mailboxes(caller: ApiCaller): Promise<AdminMailboxes | null>;
  certificates(caller: ApiCaller): Promise<readonly AdminCertificate[]>;
  /** `busy`: one is under way already. */
  testConnections(caller: ApiCaller): Promise<readonly ConnectionTestResult[] | 'busy'>;
  /** Null for a guide that there is not. */
  guide(caller: ApiCaller, id: string): Promise<Guide | null>;
  /** Null for a guide or step that there is not, and for a step that ticks itself. */
  markStep(caller: ApiCaller, mark: { readonly guide: string; readonly step: string; readonly done: boolean }): Promise<Guide | null>;
}

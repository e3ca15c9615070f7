import { BodyStore } from '../body-store.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import { openExchangeDoor } from './exchange-door.ts';
import { MailboxStore } from './mailbox-store.ts';

/** The stand-in Exchange: mailboxes, and the SMTP door that fills them. */
export interface Exchange {
  readonly mailboxes: MailboxStore;
  readonly bodies: BodyStore;
  readonly smtpPort: number;
  close(): Promise<void>;
}

/** Opens the stand-in Exchange; large mails lie in `folder`. */
export async function openExchange(database: SandboxDatabase, folder: string, log: SandboxLog): Promise<Exchange> {
  const mailboxes = new MailboxStore(database);
  const bodies = await BodyStore.open(folder);
  const door = await openExchangeDoor({ mailboxes, bodies, log });
  return { mailboxes, bodies, smtpPort: door.port, close: door.close };
}

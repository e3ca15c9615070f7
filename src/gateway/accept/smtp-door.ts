import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { readHeaderBlock } from '../../mail/read-header-block.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Settings } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { openTlsFiles, type TlsLook, type TlsMaterial } from '../store/tls-files.ts';
import type { DoorRules, Handover, Peer } from './door-rules.ts';
import { openMailIntake, type IntakeStore, type MailIntake } from './mail-intake.ts';
import { quickenDataPhase } from './quick-data-phase.ts';
import { ownTroubleReply, refusalReply, replyError, type SmtpReply } from './smtp-reply.ts';
import { openSubmissionGatherer } from './submission-gatherer.ts';
import { tellMalformedAddresses } from './tell-malformed-address.ts';

export interface SmtpDoorParts {
  readonly settings: Settings;
  readonly database: Database;
  readonly rules: DoorRules;
  readonly now: () => Date;
  readonly log: Log;
  /** Called after each mail that is durably stored, before 250 is said. */
  readonly onAccepted: (submissionId: number, bytes: number) => void;
  /** Called for each mail and each address that is refused. */
  readonly onRefused: (problem: Problem) => void;
}

export interface SmtpDoor {
  readonly port: number;
  /** Looks at the certificate's files: connections from now on are shown what is new there. */
  renew(): Promise<TlsLook>;
  close(): Promise<void>;
}

interface DoorSession extends SMTPServerSession {
  peer?: Peer | null;
  /** Whose mail it may be: asked again for each mail, for an organisation's list may change while a connection is open. */
  peerCvrs?: readonly string[];
}

/**
 * Opens the SMTP door: takes a mail, stores raw bytes and envelope in one commit, then says 250. Between DATA and 250
 * nothing else happens, for a client that waits too long sends the mail again (RFC 1047). 5xx for addresses, senders,
 * sizes and syntax; 4xx only for trouble of our own. Holds no database connection while a client is slow.
 */
export async function openSmtpDoor(parts: SmtpDoorParts): Promise<SmtpDoor> {
  const { settings, log, database } = parts;
  const store = { database, storeSmall: openSubmissionGatherer(database) };
  quickenDataPhase();
  tellMalformedAddresses();
  const tls = openTlsFiles({
    certificateFile: settings.SMTP_TLS_CERTIFICATE_FILE, keyFile: settings.SMTP_TLS_KEY_FILE, caFile: settings.SMTP_CLIENT_CA_FILE,
  });
  const server = new SMTPServer({ ...serverOptions(settings, tls.material), ...conversation(parts, store) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.SMTP_PORT, settings.SMTP_HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => log.info({ state: 'smtp-connection-lost', reason: error }));
  return {
    port: (server.server.address() as AddressInfo).port,
    async renew() {
      const look = await tls.look();
      if (look === 'new') server.updateSecureContext(tls.material);
      return look;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serverOptions(settings: Settings, tls: TlsMaterial): SMTPServerOptions {
  return {
    ...tls,
    name: settings.SMTP_NAME,
    banner: 'Postbro',
    minVersion: 'TLSv1.2',
    // An unknown certificate is refused by a sentence at MAIL, not by a broken handshake.
    requestCert: settings.SMTP_CLIENT_CERTIFICATES === 'required',
    rejectUnauthorized: false,
    authOptional: true,
    disabledCommands: ['AUTH'],
    hidePIPELINING: false,
    hide8BITMIME: false,
    hideSMTPUTF8: false,
    hideENHANCEDSTATUSCODES: false,
    size: settings.SMTP_SIZE_MAX_BYTES,
    maxRecipients: settings.SMTP_RECIPIENTS_MAX,
    maxClients: settings.SMTP_CONNECTIONS_MAX,
    socketTimeout: settings.SMTP_IDLE_TIMEOUT_MS,
    closeTimeout: 500,
    disableReverseLookup: true,
    logger: false,
  };
}

function conversation(parts: SmtpDoorParts, store: IntakeStore): SMTPServerOptions {
  const { settings, rules } = parts;
  const answer = (session: DoorSession, problem: Problem | null): Error | null => {
    if (problem === null) return null;
    parts.onRefused(problem);
    return replyError(refusalReply(problem), isWide(session));
  };
  return {
    onSecure(socket, session: DoorSession, callback) {
      session.peer = peerOf(socket as TLSSocket);
      callback();
    },
    onMailFrom(address, session: DoorSession, callback) {
      session.peerCvrs = session.peer ? rules.cvrsOfPeer(session.peer) : [];
      const unknownPeer = settings.SMTP_CLIENT_CERTIFICATES === 'required' && !session.peerCvrs?.length;
      const refusal = unknownPeer
        ? replyError(UNKNOWN_PEER, isWide(session))
        : answer(session, rules.refuseSender(handoverOf(session, address.address)));
      // Not at once: the library would never go on after a mail that came in one piece with the mail before it.
      setImmediate(callback, refusal);
    },
    onRcptTo(address, session: DoorSession, callback) {
      callback(answer(session, rules.refuseRecipient(handoverOf(session), address.address)));
    },
    onData(stream, session: DoorSession, callback) {
      takeMail(parts, store, { stream, session }).then(
        (refusal) => callback(answer(session, refusal), 'Modtaget'),
        (error: unknown) => {
          parts.log.error({ state: 'accept-failed', reason: error });
          callback(replyError(error instanceof EndlessMail ? ENDLESS : ownTroubleReply(error), isWide(session)));
        },
      );
    },
  };
}

function peerOf(socket: TLSSocket): Peer | null {
  if (!socket.authorized) return null;
  const { fingerprint256, subjectaltname } = socket.getPeerCertificate();
  const names = (subjectaltname ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  return {
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    names: names.map((name) => name.slice(4).toLowerCase()),
    address: socket.remoteAddress ?? '',
  };
}

interface IncomingMail {
  readonly stream: SMTPServerDataStream;
  readonly session: DoorSession;
}

async function takeMail(parts: SmtpDoorParts, store: IntakeStore, { stream, session }: IncomingMail): Promise<Problem | null> {
  const { settings, rules } = parts;
  const handover = handoverOf(session);
  const limits = {
    sizeMaxBytes: settings.SMTP_SIZE_MAX_BYTES,
    lineMaxBytes: settings.SMTP_LINE_MAX_BYTES,
    headerMaxBytes: settings.SMTP_HEADER_MAX_BYTES,
  };
  const intake = openMailIntake(store, limits, (block) => rules.refuseHeader(handover, readHeaderBlock(block)));
  try {
    await takeAll(intake, stream, settings.SMTP_SIZE_MAX_BYTES + settings.SMTP_DISCARD_MAX_BYTES);
    const id = await intake.accept({ ...handover, receivedAt: parts.now() });
    if (id !== null) parts.onAccepted(id, intake.bytes);
    return intake.refusal;
  } catch (error) {
    await intake.discard().catch(() => {});
    // The rest is read and dropped, so that the client hears the answer.
    stream.resume();
    throw error;
  }
}

/** Reads to the end, also what is dropped; a client that goes on far beyond the limit is cut off. */
async function takeAll(intake: MailIntake, stream: SMTPServerDataStream, patienceBytes: number): Promise<void> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    await intake.take(chunk as Buffer);
    if (intake.bytes > patienceBytes) {
      stream.destroy();
      throw new EndlessMail('a mail without end');
    }
  }
}

class EndlessMail extends Error {}

// 421 makes the SMTP library close the line after it.
const ENDLESS: SmtpReply = { code: 421, text: 'Mailen er langt over den tilladte størrelse.' };

const UNKNOWN_PEER: SmtpReply = {
  code: 557,
  text: 'Forbindelsen er ikke godkendt: vis et klientcertifikat, som hører til en tilsluttet organisation.',
};

function handoverOf(session: DoorSession, mailFrom?: string): Handover {
  const { envelope } = session;
  return {
    peerCvrs: session.peerCvrs?.length ? session.peerCvrs : null,
    mailFrom: mailFrom ?? (envelope.mailFrom ? envelope.mailFrom.address : ''),
    recipients: envelope.rcptTo.map((recipient) => recipient.address),
  };
}

function isWide(session: SMTPServerSession): boolean {
  return (session.envelope as { smtpUtf8?: boolean }).smtpUtf8 === true;
}

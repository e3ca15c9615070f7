export type ChannelId = 'ngdp' | 'mitdk' | 'eboks' | 'secure-mail';

/** The networks that carry MeMo. */
export type MemoChannelId = Exclude<ChannelId, 'secure-mail'>;

/** One network that carries post: what it is called, where it is addressed, and what it can take. */
export interface Channel {
  readonly id: ChannelId;
  /** The name that people see. */
  readonly name: string;
  /** What follows the sender in an address; null where ordinary addresses are used. */
  readonly mailDomain: string | null;
  /** Most attachments beside the message itself; Infinity where we set no limit. */
  readonly attachmentsMax: number;
  /** Largest MeMo, in bytes of its XML; Infinity where there is no MeMo. */
  readonly memoBytesMax: number;
  /** Whether attachments must be of an allowed file type. */
  readonly checksFileTypes: boolean;
  /** Whether an address may say that the recipient can answer. */
  readonly replyable: boolean;
  /** Whether an address may name a contact point. */
  readonly contactPoints: boolean;
  /** Whether one mail may go to a list of recipients. */
  readonly massSend: boolean;
}

const attachmentsMax = 10;
const memoBytesMax = 99_500_000;

/** Every channel, one row each. Limits: memo-ngdp.md 6 (99.5 MB read as 10^6 bytes); abilities: the address grammar. */
export const channels: Readonly<Record<ChannelId, Channel>> = {
  ngdp: {
    id: 'ngdp',
    name: 'Digital Post',
    mailDomain: 'ngdp.digital-post.dk',
    attachmentsMax,
    memoBytesMax,
    checksFileTypes: true,
    replyable: true,
    contactPoints: true,
    massSend: true,
  },
  mitdk: {
    id: 'mitdk',
    name: 'mit.dk',
    mailDomain: 'mitdk.digital-post.dk',
    attachmentsMax,
    memoBytesMax,
    checksFileTypes: true,
    replyable: true,
    contactPoints: true,
    massSend: false,
  },
  eboks: {
    id: 'eboks',
    name: 'e-Boks',
    mailDomain: 'eboks.digital-post.dk',
    attachmentsMax,
    memoBytesMax,
    checksFileTypes: false,
    replyable: false,
    contactPoints: false,
    massSend: false,
  },
  'secure-mail': {
    id: 'secure-mail',
    name: 'Sikker mail',
    mailDomain: null,
    attachmentsMax: Infinity,
    memoBytesMax: Infinity,
    checksFileTypes: false,
    replyable: true,
    contactPoints: false,
    massSend: false,
  },
};

/** The networks that carry MeMo, in the order in which people see them. */
export const memoChannelIds: readonly MemoChannelId[] = ['ngdp', 'mitdk', 'eboks'];

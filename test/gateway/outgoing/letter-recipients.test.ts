import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { citizen, ngdp } from '../../journeys/citizens.ts';
import { HoldWorld, SIKKERPOST, type HandedMail } from '../hold-world.ts';

const NANCY = '2512489996';
const PROTECTED = '1111111118';
const COMPANY = '87654321';
const NAMES_MAX = 3;

describe('a letter from a program, which says whom it goes to and not who that is', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ HOLD_SINGLE_MS: '0', LETTER_CHECK: 'told', LETTER_CHECK_NAMES_MAX: String(NAMES_MAX), LOOKUP_DEADLINE_MS: '1000' });
  });
  after(() => world[Symbol.asyncDispose]());
  afterEach(async () => void (await world.inner.registers.settings.setFault({ register: 'cpr', mode: 'none' })));

  const receiptOf = async (mail: HandedMail): Promise<string> => (await world.notice(SIKKERPOST, mail, /leveret/)).text;
  const sent = async (to: readonly string[], mail: Parameters<HoldWorld['hand']>[1]): Promise<HandedMail & { readonly receipt: string }> => {
    const handed = await world.hand(to, mail);
    return { ...handed, receipt: await receiptOf(handed) };
  };
  const looked = async ({ id }: HandedMail): Promise<readonly unknown[]> => {
    const { rows } = await world.inner.database.query(
      'select action, outcome, purpose, mailbox, actor_kind as actor from audit where reference = $1 order by action', [`s${String(id)}`],
    );
    return rows;
  };
  const row = (action: string, outcome: string) => ({ action, outcome, purpose: 'Tjek af brev', mailbox: SIKKERPOST, actor: 'gateway' });

  it('is compared with the name in the register, which the receipt does not give away; the look-up stands in the audit', async () => {
    const wrong = await sent([ngdp(NANCY)], { subject: 'Til en anden', text: 'Kære Hanne Madsen\n\nDu får hjælp.\n' });
    assert.match(wrong.receipt, /Hilsenen nævner »Hanne Madsen«\. Modtageren hedder noget andet\./);
    assert.doesNotMatch(wrong.receipt, /Berggren/);
    assert.deepEqual(await looked(wrong), [row('lookup-person', 'found')]);
    const right = await sent([ngdp(NANCY)], { subject: 'Til den rette', text: 'Kære Nancy Berggren\n\nDu får hjælp.\n' });
    assert.doesNotMatch(right.receipt, /Tjek brevet/);
  });

  it('is compared with the register also where the mail itself names somebody else, and the receipt says neither is the name', async () => {
    const to = { name: 'Hanne Madsen', address: ngdp(NANCY) };
    const mail = await sent([ngdp(NANCY)], { subject: 'Forskudt fletning', to, text: 'Kære Hanne Madsen\n\nDu får hjælp.\n' });
    assert.match(mail.receipt, /Hilsenen nævner »Hanne Madsen«\. Modtageren hedder noget andet\./);
  });

  it('names the recipient in the receipt as the mail does, where it is the one in the register', async () => {
    const to = { name: 'Nancy Berggren', address: ngdp(NANCY) };
    const mail = await sent([ngdp(NANCY)], { subject: 'Navngivet', to, text: 'Kære Hanne Madsen\n\nDu får hjælp.\n' });
    assert.match(mail.receipt, /Modtageren hedder Nancy Berggren\./);
    assert.doesNotMatch(mail.receipt, /Ann Test/);
  });

  it('is a company’s by the name in CVR', async () => {
    const text = 'Til Vestbyens VVS ApS\n\nJeres ansøgning er imødekommet.\n';
    const mail = await sent([ngdp(COMPANY)], { subject: 'Til en anden virksomhed', text });
    assert.match(mail.receipt, /nævner »Vestbyens VVS ApS«/);
    assert.deepEqual(await looked(mail), [row('lookup-company', 'found')]);
  });

  it('tells of a name in the subject of somebody whose name is protected', async () => {
    const mail = await sent([ngdp(PROTECTED)], { subject: 'Afgørelse til Hemmelig Borgersen', text: 'Kære borger\n' });
    assert.match(mail.receipt, /Emnet indeholder måske navn eller adresse på en beskyttet person\./);
    assert.deepEqual(await looked(mail), [row('lookup-person', 'protected')]);
  });

  it('goes by the mail’s own names while the register is away, and is not kept back', async () => {
    await world.inner.registers.settings.setFault({ register: 'cpr', mode: 'timeout' });
    const nameless = await sent([ngdp(NANCY)], { subject: 'Uden register og navn', text: 'Kære Hanne Madsen\n' });
    assert.doesNotMatch(nameless.receipt, /Tjek brevet/);
    assert.deepEqual(await looked(nameless), [row('lookup-person', 'unavailable')]);
    const to = { name: 'Nancy Berggren', address: ngdp(NANCY) };
    const named = await sent([ngdp(NANCY)], { subject: 'Uden register', to, text: 'Kære Hanne Madsen\n' });
    assert.match(named.receipt, /Hilsenen nævner »Hanne Madsen«\. Modtageren hedder Nancy Berggren\./);
  });

  it('looks nobody up where it goes to more than the setting says', async () => {
    const to = Array.from({ length: NAMES_MAX + 1 }, (_, n) => ngdp(citizen(n)));
    const mail = await sent(to, { subject: 'Til mange', text: 'Kære Hanne Madsen\n' });
    assert.doesNotMatch(mail.receipt, /Tjek brevet/);
    assert.deepEqual(await looked(mail), []);
  });
});

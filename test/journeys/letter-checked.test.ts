import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkLetter } from '../../src/domain/letter-check.ts';
import { LETTER_SEEN_FIELD, printSeenSigns } from '../../src/domain/letter-seen.ts';
import { pdfOf } from '../mail/inspect-samples.ts';
import { textLetter } from '../pdf/letters.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, refused, send, told } from './sent-mail.ts';

const NANCY = '2512489996@35833684.ngdp.digital-post.dk';
const TO_NANCY = { name: 'Nancy Ann Test Berggren (Digital Post)', address: NANCY };
const pdf = (text: string) => [{ filename: 'Afgørelse.pdf', content: Buffer.from(textLetter(text).pdf) }];

/** What the pane lists when the writer has said of every finding of this text to Nancy that it is right. */
function seenIn(text: string, subject = 'Afgørelse'): Record<string, string> {
  const recipient = { kind: 'cpr', number: '2512489996', name: 'Nancy Ann Test Berggren', protected: false } as const;
  const findings = checkLetter({ recipients: [recipient], rightNames: [], subject, text, files: [], today: new Date() });
  const value = printSeenSigns(findings.map(({ sign }) => sign));
  assert.ok(value);
  return { [LETTER_SEEN_FIELD]: value };
}

/** Not as the pane writes it, the last one with too many signs, or all of them wrong. */
const forged: readonly string[] = ['1', 'true', '251248-9996', '*', '<script>', `${'a '.repeat(30)}`, Array.from({ length: 3_000 }, (_, n) => n.toString(36)).join(' '), '=?utf-8?Q?1abc?=', '\u0001 \u00e6'];

/** A page without a sign that can be read. */
const scanned = [{ filename: 'Afgørelse.pdf', content: pdfOf() }];

describe('a letter from a program that is written to somebody else, where the gateway tells', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start({ LETTER_CHECK: 'told' });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('goes, and the receipt says where it names somebody else, with every number masked', async () => {
    const text = 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n\nVenlig hilsen\nJobcentret\n';
    const mail = await send(sandbox, [NANCY], { subject: 'Afgørelse om aktivering', to: TO_NANCY, text, attachments: pdf('Afgørelse til Hans Nielsen\n\nCPR-nr.: 010203-4567') });
    const receipt = await told(sandbox, mail);
    assert.match(receipt.subject, /1 leveret$/);
    for (const words of [
      'Hilsenen nævner »Hanne Madsen«. Modtageren hedder Nancy Ann Test Berggren.', 'Der står et andet CPR-nummer end modtagerens i teksten.', '120365-xxxx',
      '»Afgørelse.pdf«, side 1 nævner »Hans Nielsen«', 'Der står et andet CPR-nummer end modtagerens i »Afgørelse.pdf«, side 1',
    ]) assert.ok(receipt.text.includes(words), `«${words}» in ${receipt.text}`);
    assert.doesNotMatch(receipt.text, /1234|4567/);
  });

  it('is told nothing of a letter to the right one', async () => {
    const right = await send(sandbox, [NANCY], { subject: 'Til den rette', to: TO_NANCY, text: 'Kære Nancy\n\nDit CPR-nr. er 251248-9996.\n', attachments: pdf('Afgørelse til Nancy Berggren') });
    assert.doesNotMatch((await told(sandbox, right)).text, /Tjek brevet/);
  });

  it('is told nothing that was said to be right in the add-in, also of a text that Outlook has made HTML', async () => {
    const text = 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n';
    const plain = await send(sandbox, [NANCY], { subject: 'Set efter i Outlook', to: TO_NANCY, text, headers: seenIn(text) });
    assert.doesNotMatch((await told(sandbox, plain)).text, /Tjek brevet/);
    const html = '<div style="color:red">Kære <b>Hanne</b>&nbsp;Madsen</div><p>Dit CPR-nr. er <span>120365&#8209;1234</span>.</p>';
    const rich = await send(sandbox, [NANCY], { subject: 'Set efter som HTML', to: TO_NANCY, text: '', html, headers: seenIn(text) });
    assert.doesNotMatch((await told(sandbox, rich)).text, /Tjek brevet/);
  });

  it('is told what came into the letter after that, and all of it where it goes to somebody else', async () => {
    const headers = seenIn('Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n');
    const text = 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234 eller 120365-1238.\n';
    const more = (await told(sandbox, await send(sandbox, [NANCY], { subject: 'Ændret siden', to: TO_NANCY, text, headers, attachments: pdf('Afgørelse til Hanne Madsen') }))).text;
    assert.equal(more.match(/Tjek brevet/g)?.length, 2, more);
    assert.match(more, /Der står et andet CPR-nummer end modtagerens i teksten\./);
    assert.match(more, /»Afgørelse\.pdf«, side 1 nævner »Hanne Madsen«/);
    const other = '2911829996@35833684.ngdp.digital-post.dk';
    const moved = await send(sandbox, [other], { subject: 'Til en anden end set', to: { name: 'Kirsten Holm', address: other }, text: 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n', headers });
    assert.equal((await told(sandbox, moved)).text.match(/Tjek brevet/g)?.length, 2);
  });

  it('is told everything where the list is none of ours, and the letter goes', async () => {
    for (const [n, value] of forged.entries()) {
      const headers = { [LETTER_SEEN_FIELD]: { prepared: true, value } };
      const mail = await send(sandbox, [NANCY], { subject: `Falsk liste ${String(n)}`, to: TO_NANCY, text: 'Kære Hanne Madsen\n', headers });
      assert.match((await told(sandbox, mail)).text, /Hilsenen nævner »Hanne Madsen«/, value.slice(0, 40));
    }
  });

  it('goes also where a file cannot be read, and that is told', async () => {
    const mail = await send(sandbox, [NANCY], { subject: 'Indscannet bilag', to: TO_NANCY, text: 'Kære Nancy\n', attachments: scanned });
    assert.match((await told(sandbox, mail)).text, /Tjekket kan ikke læse »Afgørelse\.pdf«\. Se selv efter, at den er til Nancy Ann Test Berggren\./);
  });
});

describe('a letter from a program that is written to somebody else, where the gateway stops it', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start({ LETTER_CHECK: 'stop' });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('goes back unsent, with the place; a mail that does not name its recipient is not told the name', async () => {
    const named = await send(sandbox, [NANCY], { subject: 'Til en anden', to: TO_NANCY, text: 'Kære Hanne Madsen\n' });
    await refused(sandbox, named, 'skrevet til en anden end modtageren', 'Hilsenen nævner »Hanne Madsen«');
    const nameless = await send(sandbox, [NANCY], { subject: 'Uden navn', to: { name: '251248-xxxx', address: NANCY }, text: 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n' });
    const notice = await refused(sandbox, nameless, 'Hilsenen nævner »Hanne Madsen«. Modtageren hedder noget andet.', 'andet CPR-nummer end modtagerens i teksten', '120365-xxxx');
    assert.doesNotMatch(notice.text, /Berggren/);
  });

  it('goes where all of it was said to be right in the add-in, and is stopped for what is new since', async () => {
    const text = 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n';
    const seen = await send(sandbox, [NANCY], { subject: 'Sagt god for', to: TO_NANCY, text, headers: seenIn(text) });
    assert.match((await told(sandbox, seen)).subject, /1 leveret$/);
    const changed = await send(sandbox, [NANCY], { subject: 'Sagt god for og ændret', to: TO_NANCY, text: `${text}\nDit CPR-nr. er 010203-4567.\n`, headers: seenIn(text) });
    const notice = await refused(sandbox, changed, 'andet CPR-nummer end modtagerens i teksten', '010203-xxxx');
    assert.doesNotMatch(notice.text, /Hilsenen/);
  });

  it('goes back unsent for a number in the subject, whatever the mail says was seen; a right one goes, also with a file that cannot be read', async () => {
    const subject = await send(sandbox, [NANCY], { subject: 'Sag 251248-9996', to: TO_NANCY, text: 'Kære Nancy\n' });
    await refused(sandbox, subject, 'Der står et CPR-nummer i emnet');
    const numbered = await send(sandbox, [NANCY], { subject: 'Sag 251248-9996 igen', to: TO_NANCY, text: 'Kære Nancy\n', headers: seenIn('Kære Nancy', 'Sag 251248-9996 igen') });
    await refused(sandbox, numbered, 'Der står et CPR-nummer i emnet');
    const right = await send(sandbox, [NANCY], { subject: 'Den rette med bilag', to: TO_NANCY, text: 'Kære Nancy\n', attachments: scanned });
    assert.match((await told(sandbox, right)).subject, /1 leveret$/);
    assert.equal((await arrivals(sandbox, right)).length, 1);
  });
});

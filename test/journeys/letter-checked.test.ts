import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pdfOf } from '../mail/inspect-samples.ts';
import { textLetter } from '../pdf/letters.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, refused, send, told } from './sent-mail.ts';

const NANCY = '2512489996@35833684.ngdp.digital-post.dk';
const TO_NANCY = { name: 'Nancy Ann Test Berggren (Digital Post)', address: NANCY };
const pdf = (text: string) => [{ filename: 'Afgørelse.pdf', content: Buffer.from(textLetter(text).pdf) }];

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

  it('is told nothing of a letter to the right one, and of one that was seen to in the add-in', async () => {
    const right = await send(sandbox, [NANCY], { subject: 'Til den rette', to: TO_NANCY, text: 'Kære Nancy\n\nDit CPR-nr. er 251248-9996.\n', attachments: pdf('Afgørelse til Nancy Berggren') });
    assert.doesNotMatch((await told(sandbox, right)).text, /Tjek brevet/);
    const headers = { 'X-Postbro-Letter-Checked': '1' };
    const seen = await send(sandbox, [NANCY], { subject: 'Set efter i Outlook', to: TO_NANCY, text: 'Kære Hanne\n', headers });
    assert.doesNotMatch((await told(sandbox, seen)).text, /Tjek brevet/);
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

  it('goes back unsent, with the place; without a name only numbers count', async () => {
    const named = await send(sandbox, [NANCY], { subject: 'Til en anden', to: TO_NANCY, text: 'Kære Hanne Madsen\n' });
    await refused(sandbox, named, 'skrevet til en anden end modtageren', 'Hilsenen nævner »Hanne Madsen«');
    const nameless = await send(sandbox, [NANCY], { subject: 'Uden navn', to: { name: '251248-xxxx', address: NANCY }, text: 'Kære Hanne Madsen\n\nDit CPR-nr. er 120365-1234.\n' });
    const notice = await refused(sandbox, nameless, 'andet CPR-nummer end modtagerens i teksten', '120365-xxxx');
    assert.doesNotMatch(notice.text, /Hilsenen/);
  });

  it('goes back unsent for a number in the subject; a right one goes, also with a file that cannot be read', async () => {
    const subject = await send(sandbox, [NANCY], { subject: 'Sag 251248-9996', to: TO_NANCY, text: 'Kære Nancy\n' });
    await refused(sandbox, subject, 'Der står et CPR-nummer i emnet');
    const right = await send(sandbox, [NANCY], { subject: 'Den rette med bilag', to: TO_NANCY, text: 'Kære Nancy\n', attachments: scanned });
    assert.match((await told(sandbox, right)).subject, /1 leveret$/);
    assert.equal((await arrivals(sandbox, right)).length, 1);
  });
});

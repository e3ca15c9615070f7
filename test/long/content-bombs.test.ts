import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { bombs } from '../mail/bombs.ts';
import { noticesOf } from '../journeys/receipt-reading.ts';
import { letter, RunningSandbox } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const SIKKERPOST = 'sikkerpost@kommune.example';
// Good mails have a mailbox of their own, so that their receipts need not be looked through.
const JOBCENTER = 'jobcenter@kommune.example';
const CITIZEN = '1234567890@35833684.ngdp.digital-post.dk';
/** A steady flow; what a flood does is asked elsewhere (smtp-strain). */
const GOOD_MAIL_EVERY_MS = 50;
const ANSWER_PATIENCE_MS = 60_000;
const REPRO = new URL('../../../shared/data/mime/repro/', import.meta.url);
const HANGS = ['mailparser-3.14.2-hang-header-only.eml', 'mailparser-3.14.2-hang-multipart-empty-rfc822.eml'];

describe('mails that are made to take a reader down (T6)', () => {
  it('are each answered by a refusal at the door or one mail back, while good mails flow', async () => {
    await using sandbox = await RunningSandbox.start();
    const going = new AbortController();
    const good: string[] = [];
    const flow = (async () => {
      while (!going.signal.aborted) {
        const subject = `God ${good.length}`;
        const answer = await sandbox.submit(letter({ from: JOBCENTER, to: [CITIZEN], subject }), JOBCENTER, [CITIZEN]);
        assert.equal(answer.code, 250, answer.text);
        good.push(subject);
        await pause(GOOD_MAIL_EVERY_MS);
      }
    })();
    // A failure in the middle ends the flow as well, before the doors are closed.
    await using _flow = { [Symbol.asyncDispose]: () => (going.abort(), flow) };
    const gateway = await gatewayStart(sandbox);
    for (const { name, mail } of [...bombs, ...recordedHangs()]) {
      const id = `<${crypto.randomUUID()}@kommune.example>`;
      const raw = `From: ${SIKKERPOST}\r\nTo: ${CITIZEN}\r\nMessage-ID: ${id}\r\n${mail()}`;
      const answer = await sandbox.submit(raw, SIKKERPOST, [CITIZEN]);
      if (answer.code !== 250) {
        assert.ok(answer.code >= 500 || answer.code === 421, `${name}: ${answer.code} ${answer.text}`);
        continue;
      }
      await until(async () => (await noticesOf(sandbox, SIKKERPOST, id)).length === 1, ANSWER_PATIENCE_MS, `a mail about ${name}`);
    }
    going.abort();
    await flow;
    await until(async () => {
      const labels = new Set((await sandbox.messages()).map(({ label }) => label));
      return good.every((subject) => labels.has(subject));
    }, ANSWER_PATIENCE_MS, 'every good mail');
    assert.equal(await gatewayStart(sandbox), gateway, 'the gateway was never restarted');
  });
});

function recordedHangs(): readonly { readonly name: string; readonly mail: () => string }[] {
  return HANGS.filter((file) => existsSync(new URL(file, REPRO))).map((file) => ({
    name: file,
    mail: () => readFileSync(new URL(file, REPRO), 'latin1').replace(/^(From|To|Message-ID):.*\r?\n/gim, ''),
  }));
}

async function gatewayStart(sandbox: RunningSandbox): Promise<string> {
  const metrics = await (await fetch(`${sandbox.http}/metrics`)).text();
  return /^process_start_time_seconds (\S+)$/m.exec(metrics)?.[1] ?? '';
}

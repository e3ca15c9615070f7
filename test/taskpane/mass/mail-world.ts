import { createHash } from 'node:crypto';
import type { RecipientId } from '../../../src/domain/gateway-address.ts';
import type { Gateway } from '../../../src/taskpane/gateway/gateway.ts';
import type { MassWriters } from '../../../src/taskpane/mass/put-list.ts';
import { adapterOver } from '../office/adapter-over.ts';
import { InMemoryOutlook } from '../office/in-memory-outlook.ts';

export const citizen: RecipientId = { kind: 'cpr', number: '2512489996' };
export const company: RecipientId = { kind: 'cvr', number: '87654321' };
export const third: RecipientId = { kind: 'cpr', number: '0101010101' };
export const sender = { kind: 'cvr', cvr: '35833684' } as const;
export const massOf = (n: number): string => `masseforsendelse-${String(n)}@35833684.ngdp.digital-post.dk`;
export const list = { recipients: [citizen, company], sender, leaving: [] };
const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ');

export interface World {
  readonly outlook: InMemoryOutlook;
  readonly parts: MassWriters;
  readonly gateway: { answer: 'pdf' | 'away'; rendered: number };
}

/** A draft, and a gateway whose letters say the text that they are made of. */
export async function world(): Promise<World> {
  const outlook = new InMemoryOutlook();
  Object.assign(outlook.mail, { subject: 'Takster', body: '<p>Kære borger</p>' });
  const gateway: World['gateway'] = { answer: 'pdf', rendered: 0 };
  const render: Gateway['render'] = async ({ subject, html }) => {
    gateway.rendered += 1;
    if (gateway.answer === 'away') return await Promise.resolve({ kind: 'away' });
    const pdf = Buffer.from(`%PDF ${subject} ${String(html)}`);
    return { kind: 'answer', value: { pdf: pdf.toString('base64'), sha256: createHash('sha256').update(pdf).digest('hex'), pages: 2, warnings: [] } };
  };
  const parts = {
    outlook: await adapterOver(outlook), gateway: { render }, displayName: (n: number) => `${String(n)} modtagere (Digital Post)`,
    textOf: (html: string) => ({ text: plain(html), hasPictures: false }),
  };
  return { outlook, parts, gateway };
}

export const filesOf = ({ mail }: InMemoryOutlook): readonly string[] => mail.files.map(({ name }) => name).sort();
export const contentOf = ({ mail }: InMemoryOutlook, name: string): Buffer => Buffer.from(mail.files.find((file) => file.name === name)?.content ?? '', 'base64');
export const addressesOf = ({ mail }: InMemoryOutlook): readonly string[] => [...mail.to, ...mail.cc, ...mail.bcc].map(({ emailAddress }) => emailAddress);

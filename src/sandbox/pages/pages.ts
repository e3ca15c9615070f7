import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { addCitizenPages } from './citizen-pages.ts';
import { addFaultPage } from './fault-page.ts';
import { addFormReading } from './form-fields.ts';
import { addLookupPages } from './lookup-pages.ts';
import { addMailboxPages } from './mailbox-pages.ts';
import { addMassSendPages } from './mass-send-pages.ts';
import type { PageParts } from './page-parts.ts';
import { addStartPage } from './start-page.ts';

/** Adds the pages for people: the start page, the citizen's inbox, the mailboxes, and the faults to practise with. */
export async function addPages(door: FastifyInstance, parts: PageParts): Promise<void> {
  const style = await readFile(new URL('./pages.css', import.meta.url));
  await door.register(async (scope) => {
    addFormReading(scope);
    scope.get('/sandbox/pages.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
    addStartPage(scope, parts);
    addMassSendPages(scope, parts);
    addCitizenPages(scope, parts);
    addMailboxPages(scope, parts);
    addLookupPages(scope, parts);
    addFaultPage(scope, parts);
  });
}

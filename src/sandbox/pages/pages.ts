import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { addCitizenPages } from './citizen-pages.ts';
import { addFaultPage } from './fault-page.ts';
import { addLookupPages } from './lookup-pages.ts';
import { addMailboxPages } from './mailbox-pages.ts';
import { addMassSendPages } from './mass-send-pages.ts';
import type { PageParts } from './page-parts.ts';
import { addStartPage } from './start-page.ts';

const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)/;

/** Adds the pages for people: the start page, the citizen's inbox, the mailboxes, and the faults to practise with. */
export async function addPages(door: FastifyInstance, parts: PageParts): Promise<void> {
  const style = await readFile(new URL('./pages.css', import.meta.url));
  await door.register(async (scope) => {
    // Forms and files alike are read by the platform's own parser; the body limit of the front door bounds them.
    scope.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer<ArrayBuffer>) => {
      const contentType = request.headers['content-type'] ?? '';
      return new Response(body, { headers: { 'content-type': contentType } }).formData();
    });
    scope.get('/sandbox/pages.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
    addStartPage(scope, parts);
    addMassSendPages(scope, parts);
    addCitizenPages(scope, parts);
    addMailboxPages(scope, parts);
    addLookupPages(scope, parts);
    addFaultPage(scope, parts);
  });
}

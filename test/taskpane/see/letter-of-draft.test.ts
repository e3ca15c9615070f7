import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { RenderQuestion } from '../../../src/domain/gateway-api.ts';
import type { FileContent, ItemAttachment } from '../../../src/taskpane/office/outlook.ts';
import { letterOfDraft } from '../../../src/taskpane/see/letter-of-draft.ts';

const PDF = Buffer.from('%PDF-1.7 et brev');
const SUM = createHash('sha256').update(PDF).digest('hex');
const file = (name: string, more: Partial<ItemAttachment> = {}): ItemAttachment => ({ id: name, name, bytes: 3, isInline: false, kind: 'file', ...more });
const draftWith = (html: string, ...attachments: readonly ItemAttachment[]) => ({ subject: 'Brev', html, attachments, isList: false });

function sources(contents: Readonly<Record<string, FileContent>> = {}) {
  const asked: RenderQuestion[] = [];
  return {
    asked,
    outlook: { fileContent: async (id: string): Promise<FileContent> => contents[id] ?? { kind: 'unreadable' } },
    gateway: {
      render: async (question: RenderQuestion) => {
        asked.push(question);
        return { kind: 'answer' as const, value: { pdf: PDF.toString('base64'), sha256: SUM, pages: 1, warnings: [] } };
      },
    },
  };
}

describe('the letter of a draft', () => {
  it('is made by the gateway of subject, text and the pictures in it', async () => {
    const parts = sources({ 'kort.png': { kind: 'content', base64: 'YWJj' } });
    const html = '<p>Hej</p><img src="cid:kort.png@01DC">';
    const answer = await letterOfDraft(parts, draftWith(html, file('kort.png', { isInline: true }), file('bilag.pdf')));
    assert.deepEqual(parts.asked, [{ subject: 'Brev', html, pictures: [{ contentId: 'kort.png@01DC', type: 'image/png', content: 'YWJj' }] }]);
    assert.ok(answer.kind === 'answer');
    assert.deepEqual([Buffer.from(answer.value.pdf), answer.value.sha256, answer.value.html], [PDF, SUM, html]);
  });

  it('is the body.pdf that lies in the mail, byte for byte, and the text then says nothing of it', async () => {
    const parts = sources({ 'Body.PDF': { kind: 'content', base64: PDF.toString('base64') } });
    const answer = await letterOfDraft(parts, draftWith('<p>Se brevet</p>', file('bilag.pdf'), file('Body.PDF')));
    assert.ok(answer.kind === 'answer');
    assert.deepEqual([Buffer.from(answer.value.pdf), answer.value.sha256, answer.value.html, parts.asked], [PDF, SUM, null, []]);
  });

  it('is not shown at all rather than without what Outlook does not give', async () => {
    assert.deepEqual(await letterOfDraft(sources(), draftWith('', file('body.pdf'))), { kind: 'not-given' });
    assert.deepEqual(await letterOfDraft(sources(), draftWith('<img src="cid:kort.png">', file('kort.png', { isInline: true }))), { kind: 'not-given' });
    assert.deepEqual(await letterOfDraft(sources(), draftWith('<img src="cid:ukendt.png">')), { kind: 'not-given' });
  });

  it('is told to be missing where the gateway does not answer', async () => {
    const away = { ...sources(), gateway: { render: async () => ({ kind: 'away' as const }) } };
    assert.deepEqual(await letterOfDraft(away, draftWith('<p>Hej</p>')), { kind: 'away' });
  });

  it('of a list is told to be the first of many, or one with fields to be filled in', async () => {
    const parts = sources({ '2512489996.pdf': { kind: 'content', base64: PDF.toString('base64') } });
    const whose = async (html: string, isList: boolean, ...files: readonly ItemAttachment[]): Promise<string> => {
      const answer = await letterOfDraft(parts, { ...draftWith(html, ...files), isList });
      return answer.kind === 'answer' ? answer.value.whose : answer.kind;
    };
    assert.equal(await whose('<p>Se brevet</p>', true, file('body.pdf'), file('2512489996.pdf')), 'the-first');
    assert.equal(await whose('<p>Kære {Navn}</p>', true), 'filled-in');
    assert.equal(await whose('<p>Kære borger</p>', true), 'all');
    assert.equal(await whose('<p>Kære {Navn}</p>', false, file('2512489996.pdf')), 'all');
  });
});

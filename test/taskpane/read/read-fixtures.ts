import type { ItemAttachment, ReadMail } from '../../../src/taskpane/office/outlook.ts';

export const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';

export function attached(name: string, facts: Partial<ItemAttachment> = {}): ItemAttachment {
  return { id: `id of ${name}`, name, bytes: 100, isInline: false, kind: 'file', ...facts };
}

export function mail(facts: Partial<ReadMail> = {}): ReadMail {
  return {
    kind: 'read', from: { address: 'jobcenter@kommune.example', name: 'Jobcenter' },
    to: [{ displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: `2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk` }],
    cc: [], subject: 'Indkaldelse til samtale', sentAt: new Date('2026-11-25T09:31:00Z'), attachments: [], messageId: '<1@kommune.example>', ...facts,
  };
}

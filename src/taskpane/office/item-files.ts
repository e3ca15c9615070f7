import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeDraft, type OfficeItem } from './office-js.ts';
import { OutlookFailure, type FileContent, type ItemAttachment } from './outlook.ts';
import { readAttachments } from './read-item.ts';

/** 25 MB of file, as base64 signs. */
const BASE64_MAX = 34_865_152;
const NAME_MAX = 255;
/** The list may lag behind what Outlook has answered: it is read this often, with such a pause. */
const READINGS_MAX = 6;
const READ_AGAIN_MS = 500;

/** What is in a file of the item. Never rejects: a file that cannot be had is an answer. */
export async function contentOf(client: OfficeClient, item: OfficeItem, id: string): Promise<FileContent> {
  if (!item.getAttachmentContentAsync || !client.has('1.8')) return { kind: 'unreadable' };
  try {
    const { content, format } = await client.queue.call<{ readonly content: string; readonly format: unknown }>(
      'getAttachmentContentAsync', TIME_LIMITS_MS.fileContent, (done) => item.getAttachmentContentAsync?.(id, done),
    );
    if (format === 'url') return { kind: 'link', url: content };
    if (content === '') return (await sizeOf(client, item, id)) > 0 ? { kind: 'emptied' } : { kind: 'content', base64: '' };
    // A mail or a meeting comes as text.
    return { kind: 'content', base64: format === 'base64' ? content : base64Of(content) };
  } catch {
    return { kind: 'unreadable' };
  }
}

async function sizeOf(client: OfficeClient, item: OfficeItem, id: string): Promise<number> {
  const files = isOfficeDraft(item) ? await readAttachments(client, item) : item.attachments.map(({ id: one, size }) => ({ id: one, bytes: size }));
  return files.find((file) => file.id === id)?.bytes ?? 0;
}

function base64Of(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Adds a file and waits until the draft shows it: Outlook may call back before it is there, and Send would go without it. */
export async function addFile(client: OfficeClient, draft: OfficeDraft, { name, base64 }: { readonly name: string; readonly base64: string }): Promise<void> {
  if (!draft.addFileAttachmentFromBase64Async || !client.has('1.8')) throw new OutlookFailure('addFile', 'not-supported');
  if (base64.length > BASE64_MAX) throw new OutlookFailure('addFile', 'too-big');
  if (name === '' || name.length > NAME_MAX) throw new OutlookFailure('addFile', 'name');
  const before = await readAttachments(client, draft);
  await client.queue.call<string>('addFileAttachmentFromBase64Async', TIME_LIMITS_MS.addFile, (done) => draft.addFileAttachmentFromBase64Async?.(base64, name, done));
  const isThere = (files: readonly ItemAttachment[]): boolean => countOf(files, name) > countOf(before, name);
  if (!(await comesTrue(client, draft, isThere))) throw new OutlookFailure('addFile', 'not-there');
}

/**
 * Removes a file and reads again: Outlook may say that it is done and keep the file (office-js 5502). Files are counted by
 * name, for an id may change while a file is uploaded (6050).
 */
export async function removeFile(client: OfficeClient, draft: OfficeDraft, id: string): Promise<void> {
  const before = await readAttachments(client, draft);
  const file = before.find((one) => one.id === id);
  if (!file) return;
  await client.queue.call<unknown>('removeAttachmentAsync', TIME_LIMITS_MS.write, (done) => draft.removeAttachmentAsync(id, done));
  const isGone = (files: readonly ItemAttachment[]): boolean => countOf(files, file.name) < countOf(before, file.name);
  if (!(await comesTrue(client, draft, isGone))) throw new OutlookFailure('removeFile', 'still-there');
}

function countOf(files: readonly ItemAttachment[], name: string): number {
  return files.filter((file) => file.name === name).length;
}

async function comesTrue(client: OfficeClient, draft: OfficeDraft, holds: (files: readonly ItemAttachment[]) => boolean): Promise<boolean> {
  for (let reading = 1; reading <= READINGS_MAX; reading += 1) {
    if (holds(await readAttachments(client, draft))) return true;
    if (reading < READINGS_MAX) await new Promise((resume) => setTimeout(resume, READ_AGAIN_MS));
  }
  return false;
}

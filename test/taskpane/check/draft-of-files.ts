import type { ConvertAnswer, ConvertQuestion } from '../../../src/domain/gateway-api.ts';
import type { FileWriter } from '../../../src/taskpane/check/replace-files.ts';
import type { Answer } from '../../../src/taskpane/gateway/gateway.ts';
import type { FileContent, Item, ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

interface Held extends ItemAttachment {
  readonly text: string;
}

/** A draft's files in memory, and what can go wrong with them. */
export class DraftOfFiles implements FileWriter {
  files: readonly Held[] = [];
  /** Done before a call of that name, the first time: it may throw. */
  readonly before: Partial<Record<'addFile' | 'removeFile' | 'fileContent', (name: string) => void>> = {};
  private next = 1;

  constructor(...names: readonly string[]) {
    for (const name of names) this.put(name, `indhold af ${name}`);
  }

  put(name: string, text: string): void {
    this.files = [...this.files, { id: `id${String(this.next)}`, name, bytes: text.length, isInline: false, kind: 'file', text }];
    this.next += 1;
  }

  /** As somebody in Outlook does. */
  drop(name: string): void {
    this.files = this.files.filter((file) => file.name !== name);
  }

  /** "name: content" of each file. */
  get held(): readonly string[] {
    return this.files.map(({ name, text }) => `${name}: ${text}`);
  }

  item(): Promise<Item> {
    return Promise.resolve({ kind: 'draft', from: null, to: [], cc: [], bcc: [], subject: '', attachments: this.files });
  }

  async fileContent(id: string): Promise<FileContent> {
    this.happen('fileContent', id);
    const file = this.files.find((one) => one.id === id);
    return await Promise.resolve(file ? { kind: 'content', base64: btoa(file.text) } : { kind: 'unreadable' });
  }

  async addFile({ name, base64 }: { readonly name: string; readonly base64: string }): Promise<void> {
    this.happen('addFile', name);
    this.put(name, atob(base64));
    await Promise.resolve();
  }

  async removeFile(id: string): Promise<void> {
    this.happen('removeFile', id);
    this.files = this.files.filter((file) => file.id !== id);
    await Promise.resolve();
  }

  private happen(call: 'addFile' | 'removeFile' | 'fileContent', name: string): void {
    this.before[call]?.(name);
  }
}

/** A gateway that makes "x.pdf" of what it gets, unpacks "a+b.zip" to a and b, and cannot do anything to a name with "umulig". */
export function madeOf({ operation, files, name }: ConvertQuestion): Answer<ConvertAnswer> {
  const made = (named: string, content: string): ConvertAnswer['files'][number] => ({ name: named, type: '', content, sha256: '0'.repeat(64), bytes: content.length, remarks: operation === 'remove-macros' ? ['Makroerne er fjernet.'] : [] });
  const failed = files.filter((file) => file.name.includes('umulig')).map((file) => ({ name: file.name, reason: 'Filen er umulig.' }));
  if (failed.length > 0) return { kind: 'answer', value: { files: [], failed } };
  const stem = (file: { readonly name: string }): string => file.name.replace(/\.\w+$/, '');
  switch (operation) {
    case 'join': return { kind: 'answer', value: { files: [made(name ?? '', btoa(files.map(({ content }) => atob(content)).join(' + ')))], failed } };
    case 'unpack': return { kind: 'answer', value: { files: files.flatMap((file) => stem(file).split('+').map((one) => made(one, btoa(`fra ${file.name}`)))), failed } };
    case 'shrink': return { kind: 'answer', value: { files: files.map((file) => made(file.name, btoa('mindre'))), failed } };
    case 'to-pdf': return { kind: 'answer', value: { files: files.map((file) => made(`${stem(file)}.pdf`, btoa(`pdf af ${atob(file.content)}`))), failed } };
    case 'remove-macros': return { kind: 'answer', value: { files: files.map((file) => made(`${stem(file)}.xlsx`, btoa('uden makroer'))), failed } };
  }
}

import fileTypeList from './allowed-file-types.json' with { type: 'json' };
import type { AttachmentFacts } from './attachment-facts.ts';
import type { ChannelId } from './channel.ts';
import { fileExtensionOf } from './file-name.ts';

/** One row of allowed-file-types.json, whose note says what the fields mean. */
export interface AllowedFileType {
  readonly extension: string;
  readonly mime: string;
  readonly alsoDetectedAs: readonly string[];
  readonly text: boolean;
  readonly where: readonly string[];
  readonly source: string;
  /** The channels that take it; left out: all. So each channel has a list of its own, kept in one place. */
  readonly channels?: readonly string[];
}

export const allowedFileTypes: readonly AllowedFileType[] = fileTypeList.types;

/**
 * The extension that a file is judged and named by, lower case: its name's own, else the one that belongs to its
 * content, else the one of the type that the mail claims. Null when all three are silent.
 */
export function effectiveExtension(
  facts: AttachmentFacts,
  types: readonly AllowedFileType[] = allowedFileTypes,
): string | null {
  const own = fileExtensionOf(facts.name) ?? facts.detectedExtension;
  if (own !== null) return own.toLowerCase();
  const claimed = types.find((type) => type.mime === facts.declaredType);
  if (claimed !== undefined) return claimed.extension;
  return facts.readsAsText && vagueTypes.has(facts.declaredType) ? 'txt' : null;
}

/** The MIME type that a MeMo file of this extension has; application/octet-stream for what is not on the list. */
export function mimeTypeOf(extension: string, types: readonly AllowedFileType[] = allowedFileTypes): string {
  return types.find((type) => type.extension === extension.toLowerCase())?.mime ?? 'application/octet-stream';
}

/** Whether a channel takes files of this type. */
export function isAllowedIn(type: AllowedFileType, channel: ChannelId): boolean {
  return type.channels === undefined || type.channels.includes(channel);
}

/** Whether a channel refuses a file for its name alone. A name without an extension is judged by its content. */
export function isRefusedByName(name: string, channel: ChannelId, types: readonly AllowedFileType[] = allowedFileTypes): boolean {
  const extension = fileExtensionOf(name);
  if (extension === null) return false;
  const type = types.find((candidate) => candidate.extension === extension);
  return type === undefined || !isAllowedIn(type, channel);
}

/** Whether a name is that of an Office file with macros. */
export function isMacroFileName(name: string): boolean {
  return /^(?:do[ct]m|xl(?:[ts]m|am|sb)|p(?:[op]tm|psm|pam)|sldm)$/.test(fileExtensionOf(name) || '');
}

/** True when the content is something else than the extension says: a program named .pdf, a PDF named .txt. */
export function contradictsExtension(facts: AttachmentFacts, type: AllowedFileType): boolean {
  if (type.text) return !facts.readsAsText || formatsThatReadAsText.has(facts.detectedType ?? '');
  if (facts.detectedType === null) return true;
  return facts.detectedType !== type.mime && !type.alsoDetectedAs.includes(facts.detectedType);
}

const vagueTypes = /* @__PURE__ */ new Set(['', 'application/octet-stream', 'text/plain']);

// A text that happens to begin as a picture does ("BM", "solid ") is still a text, since it holds no control signs. Of
// these formats a whole file can read as text.
const formatsThatReadAsText = /* @__PURE__ */ new Set([
  'application/pdf', 'application/rtf', 'application/postscript', 'application/eps', 'application/x-msdownload',
]);

import type { ClientFacts } from '../office/outlook.ts';

/**
 * Whether a file made here can be saved from here: classic Outlook on Windows shows the pane in a WebView2 that saves
 * nothing (outlook.md 7.15). The gateway gives a proof to whoever shows a token, so it cannot be opened as an address either.
 */
export function canSaveFiles({ platform }: Pick<ClientFacts, 'platform'>): boolean {
  return platform !== 'PC';
}

/** How long the browser may take to begin to read a file that is saved, in ms. */
const READ_WITHIN_MS = 60_000;

/** Lets the browser save a file under this name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
}

import { OutlookApp } from './outlook-app.ts';
import { readOutlookFacts } from './outlook-facts.ts';
import { scriptDoor, type SandboxOutlook } from './script-door.ts';

declare global {
  interface Window {
    sandboxOutlook: SandboxOutlook;
  }
}

const MANIFEST = '/manifest.xml';

/** Opens the exercise's Outlook in the page. */
async function openPage(): Promise<void> {
  const place = document.querySelector<HTMLElement>('#outlook');
  if (!place) throw new Error('the page has no #outlook');
  document.execCommand('defaultParagraphSeparator', false, 'p');
  const facts = readOutlookFacts();
  // Asked again while the gateway is on its way up.
  const answer = await fetch(MANIFEST).catch(() => null);
  const app = new OutlookApp(facts, answer?.ok === true ? await answer.text() : '', place);
  window.sandboxOutlook = scriptDoor(app);
  await app.start();
}

void openPage();

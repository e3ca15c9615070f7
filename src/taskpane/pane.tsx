import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { createRoot } from 'react-dom/client';
import { openGateway } from './gateway/open-gateway.ts';
import { openRemembered } from './memory/open-remembered.ts';
import { keepKeys } from './office/keep-keys.ts';
import { openOutlook } from './office/open-outlook.ts';
import { readPageFacts } from './page-facts.ts';
import { Shell } from './shell.tsx';
import { languageOf, loadTexts } from './texts/language.ts';
import { WordsContext } from './texts/use-text.ts';

/** Opens the pane: Outlook first, then the words, then the screen; the gateway is asked when the screen stands. */
async function openPane(): Promise<void> {
  const facts = readPageFacts(document);
  const outlook = await openOutlook();
  keepKeys(document);
  const language = languageOf(outlook.client.language);
  const texts = await loadTexts(language).catch(() => null);
  document.documentElement.lang = texts ? language : 'da';
  // Fluent writes its rules into a style element, which the page's policy allows by its nonce.
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });
  const root = document.querySelector('#pane');
  if (!root) throw new Error('the page has no #pane');
  const remembered = openRemembered(outlook.client.userAddress);
  createRoot(root).render(
    <RendererProvider renderer={renderer} targetDocument={document}>
      <WordsContext value={{ language: texts ? language : 'da', texts }}>
        <Shell facts={facts} outlook={outlook} gateway={openGateway(facts, outlook)} remembered={remembered} />
      </WordsContext>
    </RendererProvider>,
  );
}

void openPane();

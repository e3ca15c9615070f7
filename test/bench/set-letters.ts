import { bodyPdf } from '../../src/pdf/body-pdf.ts';
import { letterHtml } from './letter-html.ts';

// Sets as many letters as it is told to, one after another, as a child of the gateway does.
let number = 0;
process.on('message', (count: number) => {
  for (const end = number + count; number < end; number++) {
    const html = letterHtml(number);
    const { pages } = bodyPdf({ subject: 'Pladsanvisning', html, text: null, images: [] });
    if (pages !== 1) throw new Error('not one page');
  }
  process.send?.('done');
});

import { bodyPdf } from '../../src/pdf/body-pdf.ts';
import { letterHtml } from './letter-html.ts';

// Sets as many letters as it is told to, one after another, as a child of the gateway does.
process.on('message', (count: number) => {
  for (let number = 0; number < count; number++) {
    const html = letterHtml(number);
    const { pages } = bodyPdf({ subject: 'Pladsanvisning', html, text: null, images: [], createdAt: new Date() });
    if (pages !== 1) throw new Error('not one page');
  }
  process.send?.('done');
});

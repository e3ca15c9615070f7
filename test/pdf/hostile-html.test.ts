import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { htmlLetter } from './letters.ts';
import { hasTool, syntaxOf, textOf } from './pdf-tools.ts';

const skipText = hasTool('pdftotext') ? false : 'pdftotext is not on this machine';

describe('HTML that wants something fetched', () => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.end('hit');
  });
  before(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); }));
  after(() => new Promise<void>((resolve) => { server.close(() => { resolve(); }); }));

  it('gets nothing, in forty ways', async () => {
    const { port } = server.address() as AddressInfo;
    const bodies = fetching(`http://127.0.0.1:${port}/kanarie`);
    assert.ok(bodies.length >= 40);
    for (const html of bodies) {
      const { pdf } = htmlLetter(`<p>før</p>${html}<p>efter</p>`);
      assert.doesNotMatch(syntaxOf(pdf), /kanarie|root:x|\/EmbeddedFile|\/GoToR|\/Launch/u, html);
    }
    await new Promise((resolve) => { setImmediate(resolve); });
    assert.equal(hits, 0);
  });
});

function fetching(url: string): readonly string[] {
  const css = [
    `@import url(${url});`, `@import "${url}";`, `body{background:url(${url})}`, `@font-face{font-family:x;src:url(${url})}`,
    `p{list-style-image:url("${url}")}`, `p::after{content:url(${url})}`, `p{cursor:url(${url}),auto}`,
    `p{border-image:url(${url})}`, `p{filter:url(${url}#x)}`, `@namespace url(${url});`,
  ].map((rule) => `<style>${rule}</style><p>x</p>`);
  const attributes = [
    `<img src="${url}">`, `<img srcset="${url} 2x" src="">`, `<img src=x lowsrc="${url}">`, `<img src="//127.0.0.1/${url}">`,
    `<picture><source srcset="${url}"><img src="${url}"></picture>`, `<body background="${url}">`,
    `<table background="${url}"><tr><td background="${url}">x</table>`, `<div style="background-image:url(${url})">x</div>`,
    `<input type=image src="${url}">`, `<video src="${url}" poster="${url}"></video>`, `<audio src="${url}" autoplay></audio>`,
    `<iframe src="${url}"></iframe>`, `<iframe srcdoc="<img src='${url}'>"></iframe>`, `<frameset><frame src="${url}"></frameset>`,
    `<object data="${url}">x</object>`, `<embed src="${url}">`, `<applet code="${url}"></applet>`,
    `<link rel=stylesheet href="${url}">`, `<link rel=prefetch href="${url}">`, `<link rel=dns-prefetch href="${url}">`,
    `<base href="${url}"><img src=kanarie.png>`, `<meta http-equiv=refresh content="0;url=${url}">`,
    `<script src="${url}"></script>`, `<script>fetch("${url}")</script>`,
    `<svg><image href="${url}"/><use xlink:href="${url}#a"/></svg>`, `<svg><foreignObject><img src="${url}"></foreignObject></svg>`,
    `<math><maction actiontype="statusline" xlink:href="${url}">x</maction></math>`,
    `<v:fill src="${url}"/><v:shape><v:imagedata src="${url}"/></v:shape>`, `<xml><o:OLEObject src="${url}"/></xml>`,
    `<!--[if mso]><img src="${url}"><![endif]-->`, `<form action="${url}"><button formaction="${url}">x</button></form>`,
  ];
  const files = [
    '<img src="file:///etc/passwd">', '<img src="/etc/passwd">', '<img src="../../../package.json">',
    '<img src="http://169.254.169.254/latest/meta-data/">', '<iframe src="file:///etc/passwd"></iframe>',
    '<object data="file:///etc/passwd"></object>', '<img src="data:text/html;base64,PHNjcmlwdD4=">',
    '<img src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E">', '<img src="picture-1.png">',
    '<img src="letter.typ">', '<img src="cid:../letter.typ">',
  ];
  return [...css, ...attributes, ...files];
}

describe('HTML that wants something run', () => {
  const attacks: readonly string[] = [
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<a href="javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>', '<a href=" \u0001javascript:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>', '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a href="file:///etc/passwd">x</a>',
    '<svg onload=alert(1)>', '<body onload=alert(1)>', '<iframe src="javascript:alert(1)"></iframe>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><script>alert(1)</script></template>', '<details open ontoggle=alert(1)>x</details>',
    '<div style="width:expression(alert(1))">x</div>', '<a href="https://x.dk/) /S /JavaScript /JS (app.alert(1)">x</a>',
    '<p>) >> endobj 1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >></p>',
  ];
  for (const attack of attacks) {
    it(`has nothing run: ${JSON.stringify(attack)}`, () => {
      const syntax = syntaxOf(htmlLetter(`<p>x</p>${attack}`).pdf);
      assert.doesNotMatch(syntax, /\/URI \((?!https:|mailto:|tel:)/u);
      // What stands in strings is data; the names of actions would stand outside.
      const names = syntax.replace(/\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)/gu, '()');
      assert.doesNotMatch(names, /\/OpenAction|\/AA\b|\/Launch|\/JavaScript|\/JS\b/u);
    });
  }

  it('is not shown as text either', { skip: skipText }, () => {
    const html = `<p>vist</p>${'<script>a</script><style>b</style><template>c</template><svg><text>d</text></svg><title>e</title>'}`;
    assert.equal(textOf(htmlLetter(html).pdf), 'vist');
  });
});

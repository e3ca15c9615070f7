import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consentTextOf, newsConsent } from '../../domain/news-consent.ts';
import { releaseComponents, releaseNotes, type NoteLanguage, type ReleaseComponent, type ReleaseNote } from '../../domain/release-notes.ts';
import type { Settings } from '../config.ts';
import type { NewsActions, SignUpOutcome } from './news-actions.ts';
import { feedUrl, newsFeed } from './news-feed.ts';
import { leaveWords, newsWords } from './news-words.ts';
import { escapeText, givePlainPage } from './plain-page.ts';

export interface NewsPagesParts {
  readonly settings: Pick<Settings, 'NEWS' | 'PUBLIC_URL'>;
  readonly news: NewsActions;
}

const FORM_BYTES_MAX = 10_000;

/**
 * Adds what anybody may read of what is new: `/nyheder` (`?sprog=en`, `?del=add-in`), its Atom feed, the form to sign up, and
 * the page by which one leaves. Mail scanners follow links, so GET shows that page and changes nothing; POST leaves, by the
 * page's button and by a mail program's own (RFC 8058). Where news are off, one can still leave.
 */
export async function addNewsPages(app: FastifyInstance, parts: NewsPagesParts): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES_MAX }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    // RFC 8058 lets a mail program send its one field so, too; what it says makes no difference.
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'string', bodyLimit: FORM_BYTES_MAX }, (_request, _body, done) => done(null, null));
    scope.setErrorHandler(async (error, _request, reply) => await giveTrouble(reply, error));
    addLeaving(scope, parts.news);
    if (parts.settings.NEWS === 'on') addReading(scope, parts);
  });
}

function addReading(scope: FastifyInstance, { settings: { PUBLIC_URL }, news }: NewsPagesParts): void {
  scope.get('/nyheder', async (request, reply) => await givePage(reply, news, { ...askedFor(request), told: null, address: '' }));
  scope.get('/nyheder/feed.atom', async (request, reply) => {
    const { language } = askedFor(request);
    return await reply.type('application/atom+xml; charset=utf-8').headers({ 'x-content-type-options': 'nosniff', 'x-robots-tag': 'noindex, nofollow' })
      .send(newsFeed(releaseNotes, { language, publicUrl: PUBLIC_URL }));
  });
  scope.post('/nyheder', async (request, reply) => {
    const asked = askedFor(request);
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const address = (form.get('address') ?? '').trim();
    const consentText = form.get('consent') === 'yes' ? consentTextOf(asked.language) : null;
    const told = await news.signUp({ address, consentText, from: `address ${request.ip}` });
    if (told.kind === 'too-many') void reply.header('retry-after', String(told.retryAfterS));
    return await givePage(reply, news, { ...asked, told, address });
  });
}

interface Asked {
  readonly language: NoteLanguage;
  /** Null: all of them. */
  readonly component: ReleaseComponent | null;
}

/** Whatever else stands in the address is passed over. */
function askedFor({ query }: FastifyRequest): Asked {
  const { sprog, del } = query as Readonly<Record<string, unknown>>;
  return { language: sprog === 'en' ? 'en' : 'da', component: releaseComponents.find((one) => one === del) ?? null };
}

interface Shown extends Asked {
  /** What became of a sign-up; null: nobody tried. */
  readonly told: SignUpOutcome | null;
  /** What was written in the form. */
  readonly address: string;
}

const STATUSES: Readonly<Record<SignUpOutcome['kind'], number>> = {
  'signed-up': 200, 'no-consent': 422, 'no-address': 422, elsewhere: 422, 'not-offered': 404, 'too-many': 429,
};

async function givePage(reply: FastifyReply, { signUpOffered }: NewsActions, shown: Shown): Promise<FastifyReply> {
  const { language, component, told } = shown;
  const words = newsWords[language];
  const notes = releaseNotes.filter((note) => component === null || note.component === component);
  const feed = escapeText(feedUrl('', language));
  const content = [
    ...(told === null || signUpOffered ? [] : [outcomeHtml(told, language)]),
    navigation(shown),
    ...(notes.length === 0 ? [`<p>${words.none}</p>`] : notes.map((note) => noteHtml(note, language))),
    ...(signUpOffered ? formHtml(shown) : []),
    `<p><a href="${feed}">${words.feed}</a></p>`,
  ];
  const head = `<link rel="alternate" type="application/atom+xml" title="${words.title}" href="${feed}">`;
  return await givePlainPage(reply, { status: told === null ? 200 : STATUSES[told.kind], language, title: words.title, content, head });
}

function outcomeHtml(told: SignUpOutcome, language: NoteLanguage): string {
  const words = newsWords[language];
  return told.kind === 'signed-up' ? `<p role="status">${words.signedUp}</p>` : `<p role="alert" id="fault">${words.refused[told.kind]}</p>`;
}

function navigation({ language, component }: Asked): string {
  const words = newsWords[language];
  const other = language === 'da' ? 'en' : 'da';
  const choices = [null, ...releaseComponents].map((one) => {
    const here = one === component ? ' aria-current="page"' : '';
    return `<a href="${pageAddress(language, one)}"${here}>${one === null ? words.all : words.components[one]}</a>`;
  });
  return `<nav aria-label="${words.filter}">${choices.join('')}</nav><nav lang="${other}" aria-label="${words.other}"><a href="${pageAddress(other, component)}" hreflang="${other}">${words.other}</a></nav>`;
}

function pageAddress(language: NoteLanguage, component: ReleaseComponent | null): string {
  const query = [...(language === 'da' ? [] : [`sprog=${language}`]), ...(component === null ? [] : [`del=${component}`])];
  return `/nyheder${query.length === 0 ? '' : `?${query.join('&amp;')}`}`;
}

function noteHtml({ id, date, component, words }: ReleaseNote, language: NoteLanguage): string {
  const { title, text } = words[language];
  const day = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
  return [
    `<article id="${id}"><h2>${escapeText(title)}</h2>`,
    `<p><time datetime="${date}">${day}</time> · ${newsWords[language].components[component]}</p>`,
    `<p>${escapeText(text)}</p></article>`,
  ].join('');
}

/** The words of the form stand beside their fields, and what was wrong is said of the field that it is about. */
function formHtml({ language, component, told, address }: Shown): readonly string[] {
  const words = newsWords[language];
  const { consent, privacy } = newsConsent[language];
  const at = (kind: SignUpOutcome['kind'][]): string => (told !== null && kind.includes(told.kind) ? ' aria-invalid="true" aria-describedby="fault"' : '');
  const kept = told === null || told.kind === 'signed-up' ? '' : address;
  return [
    `<section aria-labelledby="tilmelding"><h2 id="tilmelding">${words.join}</h2>`,
    ...(told === null ? [] : [outcomeHtml(told, language)]),
    // The answer is looked at where the form was.
    `<form method="post" action="${pageAddress(language, component)}#tilmelding">`,
    `<label>${words.mail}<input type="email" name="address" autocomplete="email" maxlength="254" required value="${escapeText(kept)}"${at(['no-address', 'elsewhere'])}></label>`,
    `<label class="tick"><input type="checkbox" name="consent" value="yes"${at(['no-consent'])}><span>${consent}</span></label>`,
    `<p>${privacy}</p>`,
    `<button type="submit">${words.go}</button></form></section>`,
  ];
}

function addLeaving(scope: FastifyInstance, news: NewsActions): void {
  const tokenOf = ({ params }: FastifyRequest): string => (params as { readonly token: string }).token;
  scope.get('/nyheder/framelding/:token', async (request, reply) => {
    if (!news.isLeaveToken(tokenOf(request))) return await giveLeavePage(reply, 404, leaveWords.forged, '');
    return await giveLeavePage(reply, 200, leaveWords.ask, `<form method="post"><button type="submit">${leaveWords.go}</button></form>`);
  });
  scope.post('/nyheder/framelding/:token', async (request, reply) => {
    const left = await news.leave(tokenOf(request));
    return await giveLeavePage(reply, left ? 200 : 404, left ? leaveWords.left : leaveWords.forged, '');
  });
}

async function giveLeavePage(reply: FastifyReply, status: number, text: { readonly da: string; readonly en: string }, more: string): Promise<FastifyReply> {
  return await givePlainPage(reply, { status, language: 'da', title: leaveWords.title, content: [`<p>${text.da}</p>`, `<p lang="en">${text.en}</p>`, more] });
}

async function giveTrouble(reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  const { statusCode } = error as { readonly statusCode?: unknown };
  const status = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 503;
  const content = ['<p>Der er ikke sket noget. Prøv igen om lidt.</p>', '<p lang="en">Nothing has happened. Try again in a little while.</p>'];
  return await givePlainPage(reply, { status, language: 'da', title: 'Det kunne ikke lade sig gøre', content });
}

/** A letter without what others have written: the signature, and the mails quoted below. */
export function ownPart(text: string): string {
  return text.slice(0, Math.min(signatureStart(text), quotationStart(text)));
}

/** Where the closing formula stands; the text's end where there is none. */
export function signatureStart(text: string): number {
  return signOff.exec(text)?.index ?? text.length;
}

/** Where a mail that is quoted below begins; the text's end where there is none. */
export function quotationStart(text: string): number {
  return quotedMail.exec(text)?.index ?? text.length;
}

const signOff =
  /(?:^|\n|[.!] )(?:med |de )?(?:venlig|bedste|mange|kærlig|varme?|god)\p{L}* hilsn?(?:en|er)|(?:^|\n)(?:mvh|vh|kh|hilsen|hilsner|p\.b\.v|på vegne af \p{L}+ kommune|(?:kind|best|warm) regards|yours (?:sincerely|faithfully)|sincerely)(?!\p{L})/iu;
const quotedMail = /\n(?:-{2,} ?(?:oprindelig|original|videresendt|forwarded)|_{8,}|>|(?:fra|from): [^\n]*\n(?:[^\n]*\n){0,2}(?:sendt|dato|sent|date): |(?:den|on) [^\n]{4,90}(?:skrev|wrote)[^\n]{0,60}:)/iu;

/**
 * Finds the content ids that an HTML text shows (RFC 2392 `cid:` URLs).
 * @returns lower case, percent-encoding and entities taken off
 */
export function shownContentIds(html: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const match of html.matchAll(/\bcid:([^"'\s<>)]{1,998})/gi)) ids.add(plainId(match[1] ?? ''));
  return ids;
}

function plainId(written: string): string {
  const unescaped = written.replace(/&amp;/gi, '&').replace(/&#(?:64|x40);/gi, '@');
  try {
    return decodeURIComponent(unescaped).toLowerCase();
  } catch {
    return unescaped.toLowerCase();
  }
}

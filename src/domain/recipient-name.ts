import { shown } from './shown-text.ts';

/** More digits than a name has: a CPR number, also one that is masked, cut up or parted by signs. */
const DIGITS_MAX = 3;

/** What programs put where a name should be. */
const noName = /^(?:digital post|e-boks|mit\.dk|cpr|cvr|modtager)$/i;

/**
 * The name of a recipient as the display name in a mail gives it: without the channel's name, which the pane puts behind it
 * ("Nancy Ann Test Berggren (Digital Post)"), and at most 160 signs. Null for a number, masked or not, for an address, for
 * nothing, and for a word that names nobody ("Modtager"). A protected person's display name is the masked number, so that no
 * name of theirs is found (ux.md section 2).
 */
export function recipientName(displayName: string): string | null {
  const name = displayName.replace(/\s*\((?:Digital Post|mit\.dk|e-Boks)\)\s*$/, '').trim();
  const digits = name.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits > DIGITS_MAX || name.includes('@') || !/\p{L}/u.test(name) || noName.test(name)) return null;
  return shown(name);
}

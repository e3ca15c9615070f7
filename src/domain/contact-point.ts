/** As a pattern, in any letter case. */
export const contactPointForm = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * True for a contact point's id: 8-4-4-4-12 hexadecimal digits of any version, since real contact points are not all
 * UUID version 4 (memo-ngdp.md 7).
 */
export function isContactPointId(text: string): boolean {
  return new RegExp(`^${contactPointForm}$`, 'i').test(text);
}

/** The one spelling in which contact point ids are compared and stored: lower case. */
export function normaliseContactPointId(id: string): string {
  return id.toLowerCase();
}

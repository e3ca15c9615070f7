/** A CVR number as registers write it, as a number or a text that may have lost its leading zeros; null for what is none. */
export function cvrNumberOf(value: number | string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const digits = String(value).padStart(8, '0');
  return /^\d{8}$/.test(digits) ? digits : null;
}

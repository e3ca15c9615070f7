/**
 * One pattern of many, each of which may stand on a line of its own with what it is for: sources of regular expressions, of
 * which any may match. Reads letters as `\\p{L}` does.
 */
export function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'), 'u');
}

/** SHA-256 of bytes or of a text's UTF-8, in lower-case hex digits. */
export async function sha256(of: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', typeof of === 'string' ? new TextEncoder().encode(of) : of);
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of what Outlook gives as base64. Throws for what is no base64. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** The bytes of a file as base64, as Office.js hands them over. */
export async function base64Of(content: Blob): Promise<string> {
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'));
    reader.readAsDataURL(content);
  });
}

/** Null for text that is no base64. */
export function blobOfBase64(base64: string, type: string): Blob | null {
  try {
    return new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type });
  } catch {
    return null;
  }
}

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
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    // A loop: `from` takes seconds for a large file.
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return new Blob([bytes], { type });
  } catch {
    return null;
  }
}

/** A file from the computer as base64, by the browser itself, for it may be of many MB; null where it cannot be read. */
export async function base64OfFile(file: Blob): Promise<string | null> {
  return await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result.slice(reader.result.indexOf(',') + 1) : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}

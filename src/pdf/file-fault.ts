/** A file cannot be mended as asked. `message` is Danish: why, and what else to do. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

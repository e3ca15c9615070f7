/** A file cannot be mended as asked. `message` is Danish: why, and what else to do; `file`: its name, where it is one of several. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly file: string | null;

  constructor(message: string, { file = null, ...options }: ErrorOptions & { readonly file?: string | null } = {}) {
    super(message, options);
    this.file = file;
  }
}

import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Settings of the gateway → the program that each is looked for under (docs/drift.md). */
const PROGRAMS = { OFFICE_CONVERTER: 'soffice', HEIC_CONVERTER: 'heif-convert' } as const;

/**
 * The converters that this machine has, as settings of the gateway: whoever tries the sandbox with LibreOffice installed sees
 * Office files become PDF at once. The product itself looks for nothing; there the administrator says which program to run.
 */
export async function installedConverters(folders: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(Object.entries(PROGRAMS).map(async ([setting, name]) => {
    const program = await firstRunnable(folders.map((folder) => path.join(folder, name)));
    return program === null ? [] : [[setting, program] as const];
  }));
  return Object.fromEntries(found.flat());
}

async function firstRunnable(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file;
  }
  return null;
}

import { readFile, writeFile } from 'node:fs/promises';
import packageFile from '../../../package.json' with { type: 'json' };
import { addinManifest, type ManifestAnswer, type ManifestChoices } from '../../domain/addin-manifest.ts';

/** The manifest of this version for one's own host, from `manifest.xml` at the top of the project. */
export async function ownManifest(choices: Omit<ManifestChoices, 'version'>): Promise<ManifestAnswer> {
  const template = await readFile(new URL('../../../manifest.xml', import.meta.url), 'utf8');
  return addinManifest(template, { ...choices, version: packageFile.version });
}

/** Keeps it in a file, as UTF-8, which the declaration in it says. */
export async function keepManifest(path: string, xml: string): Promise<void> {
  await writeFile(path, xml, 'utf8');
}

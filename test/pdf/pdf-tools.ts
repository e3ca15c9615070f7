import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a program of the machine can be asked; tests that need it are skipped by name where it cannot. */
export function hasTool(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Runs a tool on a PDF (`FILE` among the arguments stands for its path) and gives its standard output. */
export function askTool(tool: string, args: readonly string[], pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'postbro-pdf-'));
  try {
    const file = join(folder, 'letter.pdf');
    writeFileSync(file, pdf);
    const { stdout, status, stderr } = spawnSync(tool, args.map((arg) => (arg === 'FILE' ? file : arg)), {
      encoding: 'utf8', maxBuffer: 50_000_000,
    });
    if (status !== 0) throw new Error(`${tool}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of a PDF as `pdftotext` copies it, in one line. */
export function textOf(pdf: Uint8Array): string {
  return askTool('pdftotext', ['FILE', '-'], pdf).replace(/\s+/gu, ' ').trim();
}

/** The PDF's own syntax, as far as it is not compressed: dictionaries, names, metadata. */
export function syntaxOf(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString('latin1');
}

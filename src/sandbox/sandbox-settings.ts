import path from 'node:path';

/** What a person may choose when starting the sandbox; everything else in it is fixed or picked free. */
export interface SandboxSettings {
  /** Port of the front door, 0 for a free one. */
  readonly httpPort: number;
  /** Port of the gateway's SMTP door, 0 for a free one. */
  readonly smtpPort: number;
  /** Absolute path of the folder that holds everything the sandbox keeps; need not exist. */
  readonly dataDir: string;
  /** A PostgreSQL of one's own, or null for the embedded one. */
  readonly databaseUrl: string | null;
  /** Where programs of the machine are looked for. */
  readonly programFolders: readonly string[];
}

const PORT_MAX = 65_535;

/**
 * Reads the settings from the environment: HTTP_PORT (3000), SMTP_PORT (2525), DATA_DIR (.data, relative to the
 * working folder) and DATABASE_URL (absent: embedded PostgreSQL); and where programs are (PATH). Throws an Error that names the setting and what is
 * wrong with it. Source: design.md, "The sandbox and its contract".
 */
export function readSandboxSettings(env: NodeJS.ProcessEnv = process.env): SandboxSettings {
  return {
    httpPort: portOf('HTTP_PORT', env['HTTP_PORT'], 3000),
    smtpPort: portOf('SMTP_PORT', env['SMTP_PORT'], 2525),
    dataDir: path.resolve(env['DATA_DIR'] || '.data'),
    databaseUrl: env['DATABASE_URL'] || null,
    programFolders: (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder)),
  };
}

function portOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text.trim() === '') return otherwise;
  const port = Number(text);
  if (/^\d+$/.test(text.trim()) && port <= PORT_MAX) return port;
  throw new Error(`${name} skal være et tal fra 0 til ${PORT_MAX}, men er «${text}».`);
}

import { spawn } from 'node:child_process';

/** What a program beside the gateway may use. */
export interface ProgramLimits {
  readonly timeMaxMs: number;
  /** Address space of each of its processes. */
  readonly memoryMaxBytes: number;
  /** Of each file that it writes. */
  readonly fileMaxBytes: number;
}

/**
 * A command with its limits in front of it, as far as this machine has the tools (util-linux and coreutils on Linux): it ends
 * with the gateway, however that ends; it has no network; all that it starts, in whatever process group, ends with it; and
 * its own life is bounded by time, memory and file size.
 */
export async function confinedCommand(command: readonly string[], limits: ProgramLimits): Promise<readonly string[]> {
  usableRings ??= findUsableRings();
  return [...(await usableRings).flatMap((ring) => ring(limits)), ...command];
}

type Ring = (limits: ProgramLimits) => readonly string[];

/** From the outermost in; of each, the first that works here is used. */
const RINGS: readonly (readonly Ring[])[] = [
  [() => ['setpriv', '--pdeathsig', 'KILL', '--']],
  [
    () => ['unshare', '--map-current-user', '--net', '--pid', '--fork', '--kill-child=SIGKILL', '--'],
    () => ['unshare', '--map-current-user', '--net', '--'],
  ],
  [({ timeMaxMs }) => ['timeout', '-s', 'KILL', String(Math.ceil(timeMaxMs / 1000) + OWN_CLOCK_LATER_S)]],
  [({ memoryMaxBytes, fileMaxBytes }) => ['prlimit', `--as=${memoryMaxBytes}`, `--fsize=${fileMaxBytes}`, '--core=0', '--']],
];

/** The gateway's own clock comes first, for it can say what happened. */
const OWN_CLOCK_LATER_S = 5;

const TRY_LIMITS: ProgramLimits = { timeMaxMs: 1_000, memoryMaxBytes: 1_073_741_824, fileMaxBytes: 1_048_576 };
const TRY_TIME_MAX_MS = 10_000;

let usableRings: Promise<readonly Ring[]> | null = null;

async function findUsableRings(): Promise<readonly Ring[]> {
  const usable: Ring[] = [];
  for (const alternatives of RINGS) {
    for (const ring of alternatives) {
      if (!(await runs([...usable, ring].flatMap((one) => one(TRY_LIMITS)).concat('true')))) continue;
      usable.push(ring);
      break;
    }
  }
  return usable;
}

function runs([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const tried = spawn(program, args, { stdio: 'ignore', timeout: TRY_TIME_MAX_MS });
    tried.once('error', () => resolve(false));
    tried.once('exit', (code) => resolve(code === 0));
  });
}

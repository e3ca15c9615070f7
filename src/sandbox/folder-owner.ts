import { readFile, rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';

/** The name of the file; its content is the owner's process id and, where it can be told, when that process started. */
const OWNER_FILE = 'owner';

/**
 * Takes a data folder for this process. Throws an Error when another living process has it: two servers on one folder
 * would each end the other's database. A dead owner (killed, or its number taken over by another process) is replaced.
 * Answers what gives the folder back.
 */
export async function takeFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}/${OWNER_FILE}`;
  const [pid, startedAt] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ');
  if (pid && Number(pid) !== process.pid && (await startOf(Number(pid))) === startedAt) {
    throw new Error(`Mappen ${folder} bruges allerede af proces ${pid}. Vælg en anden DATA_DIR, eller stop den først.`);
  }
  await writeFile(file, `${process.pid} ${(await startOf(process.pid)) ?? ''}\n`);
  return () => rm(file, { force: true });
}

/** When a living process started, in the system's own ticks; undefined when it is dead or a zombie. */
async function startOf(pid: number): Promise<string | undefined> {
  if (platform() !== 'linux') return livesElsewhere(pid) ? 'unknown' : undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name may hold blanks and brackets, so count from behind it: state is field 3, starttime field 22 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function livesElsewhere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

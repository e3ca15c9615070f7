import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeJpeg } from '../../../src/pdf/jpeg-codec.ts';

/** Why a HEIC cannot be made here; false where it can. */
export const noHeicEncoder = spawnSync('heif-enc', ['--help']).error !== undefined && 'heif-enc is not installed';

/** A JPEG that is not all alike. */
export async function jpegSample(width: number, height: number): Promise<Buffer> {
  const rgba = new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : (at >> 4) % 256));
  return Buffer.from(await encodeJpeg({ width, height, rgba }, 85));
}

/** The same picture as a telephone would keep it. */
export async function heicOf(jpeg: Buffer, folder: string): Promise<Buffer> {
  const [from, to] = [path.join(folder, 'foto.jpg'), path.join(folder, 'foto.heic')];
  await writeFile(from, jpeg);
  const { status, stderr } = spawnSync('heif-enc', ['-q', '80', from, '-o', to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return await readFile(to);
}

/** A JPEG that says in EXIF how it is to be turned. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const directory = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  directory.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), directory]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

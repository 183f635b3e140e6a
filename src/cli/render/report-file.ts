/** A report as a file, where the user asked for it. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { atomicWrite } from '../../lib/storage/index.ts';

/** Returns the absolute path. @throws SigmaError store/write-failed; a report that was there before is then unchanged */
export async function writeReportFile(path: string, content: string | Uint8Array): Promise<string> {
  const file = resolve(path);
  await atomicWrite(
    file,
    (temporary) => writeFile(temporary, content),
    'free space or name another file with --out; what was there before is unchanged',
  );
  return file;
}

/** A report as a file, where the user asked for it. */
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SigmaError } from '../../lib/core/index.ts';
import { makeFolder } from '../../lib/storage/index.ts';

/** Returns the absolute path. @throws SigmaError store/write-failed */
export async function writeReportFile(path: string, content: string | Uint8Array): Promise<string> {
  const file = resolve(path);
  try {
    makeFolder(dirname(file));
    await writeFile(file, content);
  } catch (cause) {
    throw new SigmaError('store/write-failed', cause instanceof Error ? cause.message : String(cause), {
      where: file,
      hint: 'name another file with --out',
      cause,
    });
  }
  return file;
}

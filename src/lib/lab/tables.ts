/** Tables of artifacts: Parquet as bytes, because a registry keeps bytes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '../frame/index.ts';
import { parquetTables } from '../registry/index.ts';

/** The same table gives the same bytes. */
export async function tableBytes(table: Frame): Promise<Uint8Array> {
  return inScratch(async (path) => {
    await parquetTables.write(table, path);
    return readFile(path);
  });
}

export async function tableOf(bytes: Uint8Array): Promise<Frame> {
  return inScratch(async (path) => {
    await writeFile(path, bytes);
    return parquetTables.read(path);
  });
}

async function inScratch<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sigma-table-'));
  try {
    return await work(join(folder, 'table.parquet'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A column of texts. */
export function textsOf(table: Frame, name: string): readonly string[] {
  return Array.from<unknown>(table.column(name)).map(String);
}

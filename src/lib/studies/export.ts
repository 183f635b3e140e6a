/** All trials of a stored study as a file for other tools. */
import { type TableFormat, writeTable } from '../data/index.ts';
import type { StoredStudy } from '../registry/index.ts';

/** @throws SigmaError usage/unknown-study while the study is unfinished, store/write-failed */
export async function exportStudy(study: StoredStudy, path: string, format: TableFormat): Promise<number> {
  const trials = await study.trials();
  await writeTable(path, trials.columns, format);
  return trials.length;
}

/** Storing and removing data sets, whole or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import type { Bars, CorporateAction } from '../../model/index.ts';
import { exists, writeDirectory, writeFailed } from '../../storage/index.ts';
import { writeBarsFile } from '../parquet/write-parquet.ts';
import { type Dataset, openFolder } from './dataset.ts';
import { storeActions } from './dataset-actions.ts';
import { datasetMetaSchema } from './dataset-meta.ts';
import { type DatasetDescription, describeBars } from './describe-bars.ts';
import { type CatalogOptions, projectFolder } from './search-path.ts';

export type SaveOptions = CatalogOptions & {
  /** Replace a data set of the same name. */
  readonly replace?: boolean;
  /** Splits and dividends, kept beside bars as they were traded. */
  readonly actions?: readonly CorporateAction[];
};

/**
 * Writes `NAME/bars.parquet` and `NAME/dataset.json` into the first folder of the search path.
 * @throws SigmaError data/exists, data/empty, usage/bad-option for a name that is no folder name, store/write-failed; nothing is changed then
 */
export async function saveDataset(
  description: DatasetDescription,
  bars: readonly Bars[],
  options: SaveOptions = {},
): Promise<Dataset> {
  if (bars.length === 0) throw new SigmaError('data/empty', 'there are no bars to store', { where: description.name });
  const meta = datasetMetaSchema.safeParse(describeBars(description, bars));
  if (!meta.success) {
    const issue = meta.error.issues[0];
    throw new SigmaError('usage/bad-option', `${issue?.path.join('.')}: ${issue?.message}`, {
      where: description.name,
    });
  }
  const folder = join(projectFolder(options), meta.data.name);
  const refuse = async (): Promise<void> => {
    if (options.replace !== true && (await exists(folder)))
      throw new SigmaError('data/exists', 'exists already; nothing was overwritten', {
        where: folder,
        hint: 'choose another name or ask to replace it',
      });
  };
  await refuse();
  await writeDirectory(
    folder,
    async (temporary) => {
      await writeBarsFile(join(temporary, 'bars.parquet'), bars);
      if (options.actions !== undefined) await storeActions(temporary, options.actions);
      await writeFile(join(temporary, 'dataset.json'), `${JSON.stringify(meta.data, null, 2)}\n`);
    },
    {
      existing: async () => {
        await refuse();
        return 'replace';
      },
    },
  );
  return openFolder(folder);
}

/**
 * Removes a stored data set from the project's folder; the ones that come with the package stay.
 * @throws SigmaError usage/unknown-dataset, store/write-failed
 */
export async function removeDataset(name: string, options: CatalogOptions = {}): Promise<void> {
  const folder = join(projectFolder(options), name);
  if (/[/\\]|^\.+$/.test(name) || !(await exists(join(folder, 'dataset.json'))))
    throw new SigmaError('usage/unknown-dataset', `no data set '${name}' in the project`, {
      where: projectFolder(options),
    });
  try {
    // Out of the way in one step, so that nobody sees half of it.
    const gone = join(projectFolder(options), `.${name}.removed-${process.pid}`);
    await rename(folder, gone);
    await rm(gone, { recursive: true, force: true });
  } catch (cause) {
    throw writeFailed(folder, cause);
  }
}

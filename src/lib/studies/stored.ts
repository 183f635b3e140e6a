/** Stored studies by reference, and as reports see them. */
import { SigmaError } from '../core/index.ts';
import type { Column, Frame } from '../frame/index.ts';
import { resolveStudy, type StoredStudy, type StudyStore } from '../registry/index.ts';
import type { StudyTrials, StudyView } from '../report/index.ts';
import { readStudyResult } from './result.ts';

/**
 * The study that a user means: by id, by the start of one, or `latest`.
 * @throws SigmaError usage/unknown-study when none or several match
 */
export async function findStudy(store: StudyStore, reference: string): Promise<StoredStudy> {
  const ids = (await store.list()).map(({ id }) => id);
  return store.load(resolveStudy(reference, ids));
}

/** @throws SigmaError usage/unknown-study while the study is unfinished, store/corrupt */
export function storedStudyView(study: StoredStudy): StudyView {
  if (study.result === undefined)
    throw new SigmaError('usage/unknown-study', `study ${study.id} is not finished`, {
      hint: 'the command that began it takes it up again',
    });
  return readStudyResult(study.result, study.id);
}

/** The columns of the stored table of trials that charts need. */
export async function storedStudyTrials(study: StoredStudy): Promise<StudyTrials> {
  return studyTrials(await study.trials());
}

export function studyTrials(table: Frame): StudyTrials {
  const names = table.names.filter((name) => name.startsWith('param.'));
  return {
    params: names.map((name) => ({ name: name.slice('param.'.length), values: valuesOf(table.column(name)) })),
    score: table.numbers('score'),
  };
}

function valuesOf(column: Column): readonly (number | string | boolean)[] {
  return Array.from<number | string | boolean>(column);
}

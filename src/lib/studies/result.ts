/** The result of a study as it is stored and read back. */
import { type Json, SigmaError } from '../core/index.ts';
import { fromPlainJson, toPlainJson } from '../registry/index.ts';
import type { StudyView } from '../report/index.ts';

const FORMAT = 'sigma.study-result/1';

/** JSON has no NaN and no infinities: null and text stand for them. */
export function studyResult(view: StudyView): Json {
  return { format: FORMAT, view: toPlainJson(view) };
}

/** @throws SigmaError store/corrupt */
export function readStudyResult(stored: Json, id: string): StudyView {
  if (typeof stored !== 'object' || stored === null || !('format' in stored) || stored.format !== FORMAT)
    throw new SigmaError('store/corrupt', 'the result has another format', {
      where: `study ${id}`,
      hint: 'remove the study and make it again',
    });
  return fromPlainJson(stored.view) as StudyView; // written by `studyResult`
}

/** The result of a study as it is stored and read back. */
import { type Json, SigmaError } from '../core/index.ts';
import { toNumberJson } from '../registry/index.ts';
import type { StudyView } from '../report/index.ts';

const FORMAT = 'sigma.study-result/1';

/** JSON has no NaN and no infinities: null and text stand for them. */
export function studyResult(view: StudyView): Json {
  return { format: FORMAT, view: plain(view) };
}

/** @throws SigmaError store/corrupt */
export function readStudyResult(stored: Json, id: string): StudyView {
  if (typeof stored !== 'object' || stored === null || !('format' in stored) || stored.format !== FORMAT)
    throw new SigmaError('store/corrupt', 'the result has another format', {
      where: `study ${id}`,
      hint: 'remove the study and make it again',
    });
  return revived(stored.view) as StudyView; // written by `studyResult`
}

function plain(value: unknown): Json {
  if (typeof value === 'number') return toNumberJson(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, toNumberJson);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as Json; // text, booleans, undefined
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

function revived(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revived(member)]));
}

/** All trials of a search as a table: what is stored, exported and documented in `docs/json.md`. */
import { type Column, type Frame, frame } from '../frame/index.ts';
import { type Dimension, type SearchSpace, type TrialTable, valueAt } from '../optimize/index.ts';
import { figureKeys } from '../sweep/index.ts';

/** Columns: trial, each searched parameter as `param.<name>`, status (ok, unscored or failed), score, every figure, error. */
export function trialsFrame(space: SearchSpace, trials: TrialTable, scores: Float64Array): Frame {
  const { count } = trials;
  const rows = Array.from({ length: count }, (_, t) => t);
  return frame({
    trial: Int32Array.from(rows),
    ...Object.fromEntries(
      space.dimensions.map((dimension, d) => [`param.${dimension.name}`, parameterColumn(dimension, trials, d)]),
    ),
    status: rows.map((t) => (trials.failed(t) ? 'failed' : Number.isNaN(scores[t]!) ? 'unscored' : 'ok')),
    score: scores,
    ...Object.fromEntries(figureKeys.map((key) => [key, trials.figures[key].slice(0, count)])),
    error: rows.map((t) => trials.failures.get(t)?.message ?? ''),
  });
}

function parameterColumn(dimension: Dimension, trials: TrialTable, d: number): Column {
  const codes = Float64Array.from({ length: trials.count }, (_, t) => trials.codes[t * trials.dimensions + d]!);
  if (dimension.kind === 'range') return codes;
  if (dimension.values.every((value) => typeof value === 'number'))
    return codes.map((code) => Number(dimension.values[code]));
  return Array.from(codes, (code) => String(valueAt(dimension, code)));
}

/** Batches of trials as bytes and back: the frames of a stage's journal. */
import { type Point, type TrialFailure, TrialTable } from '../optimize/index.ts';
import { figureKeys, type SweepResult } from '../sweep/index.ts';

/** Header: first trial, trials, dimensions, zero; then codes and figures as 64-bit floats, then failures as JSON. */
const HEADER = 16;

type StoredFailure = readonly [place: number, code: string, message: string];

export function encodeBatch(first: number, points: readonly Point[], result: SweepResult): Uint8Array {
  const dimensions = points[0]?.length ?? 0;
  const count = points.length;
  const numbers = count * (dimensions + figureKeys.length);
  const failures: StoredFailure[] = [...result.failures].map(([place, { code, message }]) => [place, code, message]);
  const text = new TextEncoder().encode(JSON.stringify(failures));
  const bytes = new Uint8Array(HEADER + numbers * 8 + text.length);
  new Uint32Array(bytes.buffer, 0, 4).set([first, count, dimensions, 0]);
  const values = new Float64Array(bytes.buffer, HEADER, numbers);
  for (let k = 0; k < count; k++) values.set(points[k]!, k * dimensions);
  for (let f = 0; f < figureKeys.length; f++)
    values.set(result.figures[figureKeys[f]!].subarray(0, count), count * (dimensions + f));
  bytes.set(text, HEADER + numbers * 8);
  return bytes;
}

/** All trials of a journal in order; frames that do not continue the ones before them end it. */
export function decodeBatches(frames: readonly Uint8Array[], dimensions: number): TrialTable {
  const trials = new TrialTable(dimensions);
  for (const frame of frames) if (!decodeInto(trials, frame)) break;
  return trials;
}

function decodeInto(trials: TrialTable, frame: Uint8Array): boolean {
  // A frame lies anywhere in its file: numbers need their own, aligned memory.
  const bytes = new Uint8Array(frame);
  const [first = 0, count = 0, dimensions = 0] = new Uint32Array(bytes.buffer, 0, 3);
  if (first !== trials.count || dimensions !== trials.dimensions) return false;
  const numbers = count * (dimensions + figureKeys.length);
  const values = new Float64Array(bytes.buffer, HEADER, numbers);
  const points = Array.from({ length: count }, (_, k) => values.subarray(k * dimensions, (k + 1) * dimensions));
  const column = (f: number): Float64Array => values.subarray(count * (dimensions + f), count * (dimensions + f + 1));
  const figures = Object.fromEntries(figureKeys.map((key, f) => [key, column(f)])) as SweepResult['figures']; // every key
  trials.append(points, { figures, failures: new Map() });
  const failures: readonly StoredFailure[] = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER + numbers * 8)));
  for (const [place, code, message] of failures)
    trials.failures.set(first + place, { code, message } satisfies TrialFailure);
  return true;
}

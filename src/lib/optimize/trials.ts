/** The trials of a search as columns, so that a hundred thousand of them stay small and quick. */
import type { SigmaError } from '../core/index.ts';
import { type FigureKey, figureKeys, type SweepResult } from '../sweep/index.ts';
import type { Point } from './space/space.ts';

export type TrialFailure = { readonly code: string; readonly message: string };

export class TrialTable {
  readonly dimensions: number;
  count = 0;
  readonly failures = new Map<number, TrialFailure>();
  /** Row-major codes of the points; the first `count` x `dimensions` values count. */
  codes: Float64Array;
  /** The first `count` values of each column count. */
  readonly figures: Record<FigureKey, Float64Array>;

  constructor(dimensions: number, capacity = 1024) {
    this.dimensions = dimensions;
    this.codes = new Float64Array(capacity * dimensions);
    // Every key of the union is there.
    this.figures = Object.fromEntries(
      figureKeys.map((key) => [key, new Float64Array(capacity)]),
    ) as typeof this.figures;
  }

  pointAt(trial: number): Point {
    return this.codes.slice(trial * this.dimensions, (trial + 1) * this.dimensions);
  }

  /** Adds evaluated points at the end and returns the place of the first. */
  append(points: readonly Point[], result: SweepResult): number {
    const first = this.count;
    this.reserve(first + points.length);
    for (let k = 0; k < points.length; k++) this.codes.set(points[k]!, (first + k) * this.dimensions);
    for (const key of figureKeys) this.figures[key].set(result.figures[key].subarray(0, points.length), first);
    for (const [k, error] of result.failures) this.failures.set(first + k, failureOf(error));
    this.count += points.length;
    return first;
  }

  failed(trial: number): boolean {
    return this.failures.has(trial);
  }

  private reserve(count: number): void {
    const capacity = this.figures.sharpe.length;
    if (count <= capacity) return;
    const wanted = Math.max(count, 2 * capacity);
    this.codes = grown(this.codes, wanted * this.dimensions);
    for (const key of figureKeys) this.figures[key] = grown(this.figures[key], wanted);
  }
}

export function failureOf(error: SigmaError): TrialFailure {
  return { code: error.code, message: error.message };
}

function grown(column: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(column);
  return larger;
}

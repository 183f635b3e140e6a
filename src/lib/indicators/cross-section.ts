/** Cross-sections: one value per instrument at one instant, seen against the others. */
import { unreachable } from '../core/index.ts';
import type { CrossOperation } from './expression.ts';

export interface CrossSection {
  /** Writes `output` for rows order[from..to): one instant. Rows that are NaN or not in the universe get NaN. */
  apply(
    operation: CrossOperation,
    input: Float64Array,
    output: Float64Array,
    order: Int32Array,
    from: number,
    to: number,
    member: Uint8Array,
  ): void;
}

export function createCrossSection(instruments: number): CrossSection {
  const values = new Float64Array(instruments);
  const rows = new Int32Array(instruments);
  return {
    apply: (operation, input, output, order, from, to, member) => {
      let n = 0;
      for (let k = from; k < to; k++) {
        const row = order[k]!;
        const value = input[row]!;
        output[row] = Number.NaN;
        if (member[row] === 1 && value === value) {
          values[n] = value;
          rows[n++] = row;
        }
      }
      if (n === 0) return;
      switch (operation) {
        case 'rank':
          return rank(values, rows, n, input, output);
        case 'zscore':
        case 'demean':
        case 'mean':
          return moments(operation, rows, n, input, output);
        case 'count':
          for (let j = 0; j < n; j++) output[rows[j]!] = n;
          return;
        default:
          return unreachable(operation);
      }
    },
  };
}

/** Mean rank of ties, scaled to [0, 1]. */
function rank(values: Float64Array, rows: Int32Array, n: number, input: Float64Array, output: Float64Array): void {
  const sorted = values.subarray(0, n).sort();
  for (let j = 0; j < n; j++) {
    const row = rows[j]!;
    const value = input[row]!;
    const below = bound(sorted, value, false);
    const upTo = bound(sorted, value, true);
    output[row] = n === 1 ? 0.5 : (below + upTo - 1) / 2 / (n - 1);
  }
}

/** How many sorted values are below `value`, or not above it. */
function bound(sorted: Float64Array, value: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const v = sorted[middle]!;
    if (v < value || (inclusive && v === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function moments(
  operation: 'zscore' | 'demean' | 'mean',
  rows: Int32Array,
  n: number,
  input: Float64Array,
  output: Float64Array,
): void {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += input[rows[j]!]!;
  const mean = sum / n;
  let squares = 0;
  for (let j = 0; j < n; j++) squares += (input[rows[j]!]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  for (let j = 0; j < n; j++) {
    const row = rows[j]!;
    const distance = input[row]! - mean;
    output[row] =
      operation === 'mean'
        ? mean
        : operation === 'demean'
          ? distance
          : deviation > 0
            ? distance / deviation
            : Number.NaN;
  }
}

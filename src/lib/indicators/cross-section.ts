/** Cross-sections: one value per instrument at one instant, seen against the others. */
import { unreachable } from '../core/index.ts';
import type { CrossOperation } from './expression.ts';
import { Ranking } from './ranking.ts';

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
  const ranking = new Ranking(instruments);
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
          return rank(ranking, values, rows, n, output);
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
function rank(ranking: Ranking, values: Float64Array, rows: Int32Array, n: number, output: Float64Array): void {
  const { order } = ranking;
  ranking.sort(values, n);
  for (let first = 0; first < n; ) {
    const value = values[order[first]!]!;
    let last = first;
    while (last + 1 < n && values[order[last + 1]!]! === value) last++;
    const share = n === 1 ? 0.5 : (first + last) / 2 / (n - 1);
    for (; first <= last; first++) output[rows[order[first]!]!] = share;
  }
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

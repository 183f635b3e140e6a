/** Whitening of one vector: a triangle times what the vector is off its mean, four rows at a time. */
import { invariant } from '../core/index.ts';
import type { FeatureModel } from './feature-model.ts';

/** Rows side by side: chains of additions that do not wait for each other. */
const ROWS = 4;

/** Writes the whitened vector and returns its squared length. */
export type Whitener = (vector: Float64Array, out: Float64Array) => number;

export function whitener({ mean, factor }: FeatureModel['whitening']): Whitener {
  const size = mean.length;
  invariant(factor.length === (size * (size + 1)) / 2, 'a triangular factor');
  const packed = packedTriangle(factor, size);
  const centre = Float64Array.from(mean);
  const padded = Math.ceil(size / ROWS) * ROWS;
  const centred = new Float64Array(padded);
  const product = new Float64Array(padded);
  return (vector, out) => {
    for (let i = 0; i < size; i++) centred[i] = vector[i]! - centre[i]!;
    let squares = 0;
    for (let i = 0, f = 0; i < padded; i += ROWS) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let j = 0; j < i + ROWS; j++, f += ROWS) {
        const x = centred[j]!;
        a += packed[f]! * x;
        b += packed[f + 1]! * x;
        c += packed[f + 2]! * x;
        d += packed[f + 3]! * x;
      }
      product[i] = a;
      product[i + 1] = b;
      product[i + 2] = c;
      product[i + 3] = d;
      squares += a * a + b * b + (c * c + d * d);
    }
    for (let i = 0; i < size; i++) out[i] = product[i]!;
    return squares;
  };
}

/** Column after column of each four rows, zeros above the diagonal and below the last row. */
export function packedTriangle(factor: readonly number[], size: number): Float64Array {
  const packed: number[] = [];
  for (let i = 0; i < size; i += ROWS)
    for (let j = 0; j < i + ROWS; j++)
      for (let row = i; row < i + ROWS; row++)
        packed.push(row < size && j <= row ? factor[(row * (row + 1)) / 2 + j]! : 0);
  return Float64Array.from(packed);
}

/** The stationary bootstrap: blocks of geometric length, wrapped around the end (Politis and Romano 1994). */
import { invariant, type Rng } from '../../core/index.ts';

/**
 * Draws one resample of row numbers into `out`.
 * @param rows rows to draw from, >= 1
 * @param meanBlock mean block length in rows, >= 1; 1 draws independently
 */
export function drawStationary(out: Int32Array, rows: number, meanBlock: number, rng: Rng): void {
  invariant(rows >= 1 && meanBlock >= 1, 'a resample needs rows and blocks of at least one row');
  const restart = 1 / meanBlock;
  let row = 0;
  for (let i = 0; i < out.length; i++) {
    if (i === 0 || rng.next() < restart) row = rng.integer(rows);
    else row = row + 1 === rows ? 0 : row + 1;
    out[i] = row;
  }
}

/** Writes source[rows[i]] into `out`. */
export function gather(out: Float64Array, source: Float64Array, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++) out[i] = source[rows[i]!]!;
}

/** Tables of points for the tests of learning. */
import { readFileSync } from 'node:fs';
import { type Matrix, matrix } from '../../src/lib/learning/index.ts';

export const table = (rows: readonly (readonly number[])[]): Matrix =>
  matrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));

/** The points of the reference of clustering, by name, with what is said of them. */
export const reference = JSON.parse(
  readFileSync(new URL('./clustering/fixtures/hdbscan.json', import.meta.url), 'utf8'),
);

/** Three clusters and some noise in the plane. */
export const blobs: Matrix = table(reference.points.blobs);

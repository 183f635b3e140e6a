/** Isolation forest: rows that random cuts soon leave alone are unusual (Liu, Ting and Zhou 2008). */
import { createRng, type Rng, SigmaError } from '../../core/index.ts';
import { requireFinite } from '../finite.ts';
import { type Matrix, rowOf } from '../matrix.ts';

export type IsolationForestOptions = {
  /** Trees to average over, 100 by default. */
  readonly trees?: number;
  /** Rows that each tree is grown from, drawn without replacement: 256 by default, at most all. */
  readonly sampleRows?: number;
  readonly seed: number;
};

/** All trees in one set of columns; a node is a place in them. */
export type IsolationForest = {
  /** Values of a row. */
  readonly width: number;
  readonly roots: Int32Array;
  /** Column that is cut, or -1 at a leaf. */
  readonly column: Int32Array;
  /** Rows whose value is below the cut go to `below`, others to the node after it. At a leaf: the path length that ends there. */
  readonly cut: Float64Array;
  readonly below: Int32Array;
  /** c(rows of a tree's sample): the path length that scores 1/2. */
  readonly usual: number;
};

const EULER = 0.5772156649015329;

/** Mean path length of an unsuccessful search among n rows in a binary search tree: c(n) of Liu et al., eq. 1, with H(i) = ln i + Euler's constant. */
export function meanPathLength(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

/** @throws SigmaError `usage/bad-option` without trees or with fewer than two rows to grow them from, `data/bad-number` with row and column */
export function growIsolationForest(
  table: Matrix,
  { trees = 100, sampleRows = 256, seed }: IsolationForestOptions,
): IsolationForest {
  const sample = Math.min(sampleRows, table.rows);
  if (!Number.isInteger(trees) || trees < 1 || !Number.isInteger(sample) || sample < 2)
    throw new SigmaError('usage/bad-option', `${trees} trees of ${sample} rows`, { where: 'isolation forest' });
  requireFinite(table, 'rows of the forest');
  const nodes = { column: [], cut: [], below: [] };
  const deepest = Math.ceil(Math.log2(sample));
  const roots = Int32Array.from({ length: trees }, (_, t) => {
    const rng = createRng(seed).fork(`tree ${t}`);
    return grow({ table, rng, nodes, deepest }, drawRows(table.rows, sample, rng), 0);
  });
  return {
    width: table.columns,
    roots,
    column: Int32Array.from(nodes.column),
    cut: Float64Array.from(nodes.cut),
    below: Int32Array.from(nodes.below),
    usual: meanPathLength(sample),
  };
}

/** The first of a shuffle (Fisher and Yates 1938). */
function drawRows(rows: number, count: number, rng: Rng): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + rng.integer(rows - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}

type Growth = {
  readonly table: Matrix;
  readonly rng: Rng;
  readonly nodes: { readonly column: number[]; readonly cut: number[]; readonly below: number[] };
  readonly deepest: number;
};

function grow(growth: Growth, rows: Int32Array, depth: number): number {
  const { table, rng, nodes, deepest } = growth;
  const add = (column: number, cut: number): number => {
    nodes.column.push(column);
    nodes.cut.push(cut);
    return nodes.below.push(-1) - 1;
  };
  const varying = depth < deepest ? rangesOf(table, rows) : [];
  if (varying.length === 0) return add(-1, depth + meanPathLength(rows.length));
  const { column, least, most } = varying[rng.integer(varying.length)]!;
  const drawn = most - rng.next() * (most - least);
  const cut = drawn > least ? drawn : most;
  const isBelow = (i: number): boolean => table.values[i * table.columns + column]! < cut;
  const node = add(column, cut);
  // The side that is not below follows at once, so that one link is enough.
  grow(
    growth,
    rows.filter((i) => !isBelow(i)),
    depth + 1,
  );
  nodes.below[node] = grow(growth, rows.filter(isBelow), depth + 1);
  return node;
}

/** Least and largest value of each column that varies among the rows. */
function rangesOf({ columns, values }: Matrix, rows: Int32Array): { column: number; least: number; most: number }[] {
  const found = [];
  for (let column = 0; column < columns; column++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const i of rows) {
      const x = values[i * columns + column]!;
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (least < most) found.push({ column, least, most });
  }
  return found;
}

/**
 * Anomaly score 2^(-mean path length / c(sample)) (eq. 2): near 1 unusual, 1/2 and below usual; NaN for a row with a NaN.
 * @throws SigmaError `usage/bad-option` for a row of another width than those that the forest was grown from
 */
export function isolationScore(
  { width, roots, column, cut, below, usual }: IsolationForest,
  row: Float64Array,
): number {
  if (row.length !== width)
    throw new SigmaError('usage/bad-option', `a row of ${row.length} values where the forest has ${width}`, {
      where: 'isolation forest',
    });
  for (let k = 0; k < row.length; k++) if (row[k] !== row[k]) return Number.NaN;
  let total = 0;
  for (let t = 0; t < roots.length; t++) {
    let node = roots[t]!;
    while (column[node]! >= 0) node = row[column[node]!]! < cut[node]! ? below[node]! : node + 1;
    total += cut[node]!;
  }
  return 2 ** (-total / roots.length / usual);
}

export function isolationScores(forest: IsolationForest, table: Matrix): Float64Array {
  return Float64Array.from({ length: table.rows }, (_, i) => isolationScore(forest, rowOf(table, i)));
}

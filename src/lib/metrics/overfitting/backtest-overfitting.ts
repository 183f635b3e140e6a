/** Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado and Zhu 2015). */
import { SigmaError } from '../../core/index.ts';
import { fitLine, moments } from '../../statistics/index.ts';
import { type ReturnMatrix, rowOf, usableRows } from './return-matrix.ts';

export type OverfittingOptions = {
  /** Blocks of equal length that time is cut into, even, 2 to 20; 16 (12,870 splits) unless given, fewer when there are under 2 periods a block. */
  readonly blocks?: number;
};

export type Overfitting = {
  /** Sets that were compared, and those left out because a return of theirs is not finite. */
  readonly sets: number;
  readonly excluded: number;
  readonly blocks: number;
  readonly splits: number;
  /** Share of splits in which the best set of one half is at or below the median of the other half (section 3). */
  readonly pbo: number;
  /** Share of splits in which the best set of one half has a Sharpe ratio below 0 in the other. */
  readonly lossProbability: number;
  /** Line of the selected set's Sharpe out of sample on its Sharpe in sample, per period (performance degradation). */
  readonly slope: number;
  readonly intercept: number;
  /** Mean Sharpe ratio per period of the selected sets in and out of sample. */
  readonly inSample: number;
  readonly outOfSample: number;
  /** ln(w / (1 - w)) of the relative rank w = rank / (sets + 1) out of sample, one a split. */
  readonly logits: Float64Array;
};

/**
 * Every choice of half the blocks is in sample once, its complement out of sample. The set with the best in-sample Sharpe ratio is looked
 * up in the out-of-sample ranking. A stretch without variance scores 0: it earned nothing that varies. Ties share their middle rank.
 * Periods that do not fill the blocks are left out at the start.
 * @returns NaN figures and no logits under two usable sets or under two periods a block
 * @throws SigmaError usage/bad-option when `blocks` is odd or outside 2 to 20
 */
export function backtestOverfitting(matrix: ReturnMatrix, options: OverfittingOptions = {}): Overfitting {
  const blocks = blocksFor(matrix.periods, options.blocks);
  const rows = usableRows(matrix);
  const length = Math.floor(matrix.periods / blocks);
  const counts = { sets: rows.length, excluded: matrix.sets - rows.length, blocks };
  if (rows.length < 2 || length < 2) return { ...counts, ...undefinedOverfitting };
  const scorer = createScorer(matrix, blocks, length);
  const { inSample, outOfSample } = selectBest(scorer, rows);
  const logits = rankOutOfSample(scorer, rows, outOfSample);
  const splits = logits.length;
  const line = fitLine(inSample, outOfSample);
  return {
    ...counts,
    splits,
    pbo: share(logits, (logit) => logit <= 0),
    lossProbability: share(outOfSample, (sharpe) => sharpe < 0),
    slope: line.slope,
    intercept: line.intercept,
    inSample: moments(inSample).mean,
    outOfSample: moments(outOfSample).mean,
    logits,
  };
}

const undefinedOverfitting = {
  splits: 0,
  pbo: Number.NaN,
  lossProbability: Number.NaN,
  slope: Number.NaN,
  intercept: Number.NaN,
  inSample: Number.NaN,
  outOfSample: Number.NaN,
  logits: new Float64Array(0),
};

function blocksFor(periods: number, asked: number | undefined): number {
  if (asked === undefined) return Math.max(2, Math.min(16, 2 * Math.floor(periods / 4)));
  if (!(Number.isInteger(asked) && asked % 2 === 0 && asked >= 2 && asked <= 20))
    throw new SigmaError('usage/bad-option', `blocks is ${asked}`, {
      where: 'backtestOverfitting',
      hint: 'give an even number from 2 to 20',
    });
  return asked;
}

function share(values: Float64Array, holds: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (holds(value)) count++;
  return count / values.length;
}

/** Splits as bit masks of the in-sample blocks, ascending: the complement of split j is split (count - 1 - j). */
function splitMasks(blocks: number): Int32Array {
  const masks: number[] = [];
  for (let mask = 0; mask < 1 << blocks; mask++) {
    let bits = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
    if (2 * bits === blocks) masks.push(mask);
  }
  return Int32Array.from(masks);
}

/** Writes the Sharpe ratio of a row over the in-sample blocks of every split into `scores`. */
type Scorer = { readonly scores: Float64Array; score(row: number): void };

/**
 * Sums and sums of squares of each block about the row's mean are combined per half of the blocks once (2^(blocks/2) each), so that a split
 * costs two look-ups a moment.
 */
function createScorer(matrix: ReturnMatrix, blocks: number, length: number): Scorer {
  const masks = splitMasks(blocks);
  const scores = new Float64Array(masks.length);
  const half = blocks / 2;
  const size = 1 << half;
  const lower = { sum: new Float64Array(size), square: new Float64Array(size) };
  const upper = { sum: new Float64Array(size), square: new Float64Array(size) };
  const skipped = matrix.periods - blocks * length;
  const n = (blocks * length) / 2;
  const score = (row: number): void => {
    const values = rowOf(matrix, row).subarray(skipped);
    let total = 0;
    for (let t = 0; t < values.length; t++) total += values[t]!;
    const centre = total / values.length;
    combineBlocks(lower, values.subarray(0, half * length), length, centre);
    combineBlocks(upper, values.subarray(half * length), length, centre);
    for (let j = 0; j < masks.length; j++) {
      const low = masks[j]! & (size - 1);
      const high = masks[j]! >>> half;
      const sum = lower.sum[low]! + upper.sum[high]!;
      const square = lower.square[low]! + upper.square[high]!;
      const spread = square - (sum * sum) / n;
      // Below this share of the squares the spread is rounding.
      scores[j] = spread > 1e-12 * square ? (centre + sum / n) / Math.sqrt(spread / (n - 1)) : 0;
    }
  };
  return { scores, score };
}

/** Moments of every subset of consecutive blocks, by the subset without its lowest block. */
function combineBlocks(
  into: { readonly sum: Float64Array; readonly square: Float64Array },
  values: Float64Array,
  length: number,
  centre: number,
): void {
  const { sum, square } = into;
  const blocks = values.length / length;
  for (let b = 0; b < blocks; b++) {
    let one = 0;
    let two = 0;
    for (let t = b * length; t < (b + 1) * length; t++) {
      const d = values[t]! - centre;
      one += d;
      two += d * d;
    }
    const bit = 1 << b;
    for (let mask = bit; mask < bit << 1; mask++) {
      sum[mask] = one + sum[mask ^ bit]!;
      square[mask] = two + square[mask ^ bit]!;
    }
  }
}

/** The best Sharpe ratio in sample of each split and what the same set reached out of sample; the first of equals is taken. */
function selectBest(
  { scores, score }: Scorer,
  rows: Int32Array,
): { readonly inSample: Float64Array; readonly outOfSample: Float64Array } {
  const last = scores.length - 1;
  const inSample = new Float64Array(scores.length).fill(Number.NEGATIVE_INFINITY);
  const outOfSample = new Float64Array(scores.length);
  for (const row of rows) {
    score(row);
    for (let j = 0; j <= last; j++) {
      if (scores[j]! > inSample[j]!) {
        inSample[j] = scores[j]!;
        outOfSample[j] = scores[last - j]!;
      }
    }
  }
  return { inSample, outOfSample };
}

function rankOutOfSample({ scores, score }: Scorer, rows: Int32Array, selected: Float64Array): Float64Array {
  const last = scores.length - 1;
  const below = new Int32Array(scores.length);
  const atOrBelow = new Int32Array(scores.length);
  for (const row of rows) {
    score(row);
    for (let j = 0; j <= last; j++) {
      const value = scores[last - j]!;
      if (value < selected[j]!) below[j]!++;
      if (value <= selected[j]!) atOrBelow[j]!++;
    }
  }
  return Float64Array.from(selected, (_, j) => {
    const rank = (below[j]! + atOrBelow[j]! + 1) / 2;
    return Math.log(rank / (rows.length + 1 - rank));
  });
}

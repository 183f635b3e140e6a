/** Is the best of many trials better than the benchmark by more than luck? Reality check, SPA and step-down max-T from one bootstrap. */
import { type Rng, SigmaError } from '../../core/index.ts';
import { moments } from '../../statistics/index.ts';
import { optimalBlockLength } from '../bootstrap/block-length.ts';
import { drawStationary } from '../bootstrap/stationary-bootstrap.ts';
import type { DrawRows } from './bootstrap-means.ts';
import { maxTests } from './max-tests.ts';
import { type ReturnMatrix, rowOf, usableRows } from './return-matrix.ts';
import { stationaryVariance } from './stationary-variance.ts';

export type SuperiorAbilityOptions = {
  readonly rng: Rng;
  /** Resamples, 1,000 unless given; at least 100. */
  readonly resamples?: number;
  /** Mean block in periods; unless given the mean of `optimalBlockLength` over up to 32 of the sets. */
  readonly meanBlock?: number;
};

export type SuperiorAbility = {
  /** Sets that were tested, and those left out: without variance, or with a return that is not finite. */
  readonly sets: number;
  readonly excluded: number;
  readonly resamples: number;
  readonly meanBlock: number;
  /** White 2000: the largest sqrt(n) x mean, and the chance of one as large when no set is better than the benchmark. */
  readonly realityCheck: { readonly statistic: number; readonly p: number };
  /** Hansen 2005: the largest studentised mean, at least 0, and its p under three views of how bad the bad sets are. */
  readonly spa: {
    readonly statistic: number;
    readonly lower: number;
    readonly consistent: number;
    readonly upper: number;
  };
  /** Row of the largest studentised mean; -1 when no set can be tested. */
  readonly best: number;
  /** Studentised mean of every row, NaN where it was left out. */
  readonly statistics: Float64Array;
  /** Romano and Wolf 2005, 2016: p of every row, adjusted for all others by step-down; NaN where it was left out. */
  readonly adjusted: Float64Array;
};

/**
 * @param excess returns of each set less the benchmark's (or net returns, against zero), sets x periods
 * @returns p = (1 + resamples at or above the statistic) / (1 + resamples); NaN figures when no set can be tested or under 3 periods
 * @throws SigmaError usage/bad-option for options out of range
 */
export function superiorAbility(excess: ReturnMatrix, options: SuperiorAbilityOptions): SuperiorAbility {
  const { resamples = 1000 } = options;
  if (!(Number.isInteger(resamples) && resamples >= 100)) throw badOption('resamples', resamples, 'give at least 100');
  if (options.meanBlock !== undefined && !(options.meanBlock >= 1))
    throw badOption('meanBlock', options.meanBlock, 'give a mean block of at least 1 period');
  const { periods } = excess;
  const varying = usableRows(excess).filter((row) => periods > 2 && moments(rowOf(excess, row)).variance > 0);
  const meanBlock = options.meanBlock ?? typicalBlock(excess, varying);
  // A sum that oscillates to nothing has a variance but no long-run one: there is nothing to studentise by.
  const longRun = new Map<number, number>();
  for (const row of varying) longRun.set(row, Math.sqrt(stationaryVariance(rowOf(excess, row), meanBlock)));
  const rows = varying.filter((row) => longRun.get(row)! > 1e-9 * moments(rowOf(excess, row)).deviation);
  const counts = { sets: rows.length, excluded: excess.sets - rows.length, resamples, meanBlock };
  const statistics = new Float64Array(excess.sets).fill(Number.NaN);
  const adjusted = new Float64Array(excess.sets).fill(Number.NaN);
  if (rows.length === 0) return { ...counts, ...undefinedTests, statistics, adjusted };
  const deviation = Float64Array.from(rows, (row) => longRun.get(row)!);
  const draw: DrawRows = (out) => drawStationary(out, periods, meanBlock, options.rng);
  const tests = maxTests(excess, { rows, deviation }, draw, resamples);
  let best = rows[0]!;
  rows.forEach((row, k) => {
    statistics[row] = tests.t[k]!;
    adjusted[row] = tests.adjusted[k]!;
    if (statistics[row]! > statistics[best]!) best = row;
  });
  return { ...counts, realityCheck: tests.plain, spa: tests.studentised, best, statistics, adjusted };
}

const undefinedTests = {
  realityCheck: { statistic: Number.NaN, p: Number.NaN },
  spa: { statistic: Number.NaN, lower: Number.NaN, consistent: Number.NaN, upper: Number.NaN },
  best: -1,
};

function badOption(name: string, value: number, hint: string): SigmaError {
  return new SigmaError('usage/bad-option', `${name} is ${value}`, { where: 'superiorAbility', hint });
}

/** Periods over which the returns of the sets depend on each other, by a sample of the sets. */
function typicalBlock(matrix: ReturnMatrix, rows: Int32Array): number {
  const count = Math.min(32, rows.length);
  let sum = 0;
  for (let i = 0; i < count; i++)
    sum += optimalBlockLength(rowOf(matrix, rows[Math.floor((i * rows.length) / count)]!)).stationary;
  return count === 0 ? 1 : Math.max(1, sum / count);
}

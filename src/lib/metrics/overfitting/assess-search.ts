/** Everything that is known about the luck in a search, as numbers and a verdict: the one call that an optimisation makes. */
import { invariant, type Rng } from '../../core/index.ts';
import { moments, normalCdf, quantileSorted, quotient, sortedFinite } from '../../statistics/index.ts';
import {
  expectedMaxSharpe,
  minBacktestLength,
  minTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeStandardError,
} from '../significance/sharpe-significance.ts';
import type { Assessment } from './assessment.ts';
import { backtestOverfitting } from './backtest-overfitting.ts';
import { benchmarkResiduals, exposureTo, hedged } from './benchmark-residuals.ts';
import type { CostStress } from './cost-stress.ts';
import { averageCorrelation, effectiveTrials } from './effective-trials.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { NoiseRetention } from './noise-retention.ts';
import { persistence, sharpeDecay, sharpeEstimate } from './persistence.ts';
import { type ReturnMatrix, rowOf, usableRows } from './return-matrix.ts';
import { superiorAbility } from './superior-ability.ts';
import { verdict } from './verdict.ts';

export type SearchEvidence = {
  /** Net simple returns of every set that the search tried, sets x periods; a failed set may hold NaN. */
  readonly returns: Float64Array;
  readonly sets: number;
  readonly periods: number;
  readonly periodsPerYear: number;
  /** Row of the set that is proposed, usually the best by the objective. */
  readonly chosen: number;
  /** Returns of the benchmark over the same periods; without it sets are held against zero. */
  readonly benchmarkReturns?: Float64Array;
  /** All trials ever made of this family on this data. Fewer than the sets given here count as those. Variance of their Sharpe ratios a period. */
  readonly ledger?: { readonly trials: number; readonly sharpeVariance?: number };
  /**
   * Trials that the sets are a sample of; the sets given unless more. How those move together is known. What the ledger counts beyond them
   * counts in full: near copies of an earlier find do not say that what it was found among were copies too.
   */
  readonly sampledFrom?: number;
  /** The chosen set over periods that the search did not see. */
  readonly outOfSample?: { readonly returns: Float64Array; readonly benchmarkReturns?: Float64Array };
  readonly stability?: Neighbourhood;
  readonly costs?: CostStress;
  readonly noise?: NoiseRetention;
  readonly rng: Rng;
  /** Bootstrap resamples, 1,000 unless given. */
  readonly resamples?: number;
  /** Blocks of the overfitting test, 16 unless given. */
  readonly blocks?: number;
};

/** The sets as they are and as they are judged: against zero, or without what the benchmark explains. */
type Subject = {
  readonly evidence: SearchEvidence;
  readonly matrix: ReturnMatrix;
  readonly judged: ReturnMatrix;
  readonly usable: Int32Array;
  readonly net: SharpeEstimate;
  readonly alpha: SharpeEstimate;
  readonly exposure: number;
};

/**
 * Holds the chosen set against everything that the search tried. With a benchmark, significance, overfitting, persistence and the
 * out-of-sample check look at returns less beta x benchmark: what the market gave is no skill.
 * @throws SigmaError usage/bad-option for a benchmark of another length or not finite, or for options out of range
 */
export function assessSearch(evidence: SearchEvidence): Assessment {
  const { sets, periods, periodsPerYear } = evidence;
  const subject = subjectOf(evidence);
  const annual = Math.sqrt(periodsPerYear);
  const years = periods / periodsPerYear;
  const luck = deflation(subject);
  const tested = testsOf(subject, luck.trials);
  const decays = persistence(rowOf(subject.judged, evidence.chosen));
  const seen = outOfSampleOf(subject);
  const extra = {
    ...(seen === undefined ? {} : { outOfSample: seen }),
    ...(evidence.stability === undefined ? {} : { stability: evidence.stability }),
    ...(evidence.costs === undefined ? {} : { costs: evidence.costs }),
    ...(evidence.noise === undefined ? {} : { noise: evidence.noise }),
  };
  const { overfitting, superiorAbility: ability } = tested;
  return {
    sets,
    excluded: sets - subject.usable.length,
    periods,
    years,
    chosen: { set: evidence.chosen, exposure: subject.exposure, ...luck.chosen },
    trials: luck.trials,
    ...tested,
    persistence: decays.map((decay) => ({ ...decay, before: decay.before * annual, after: decay.after * annual })),
    ...extra,
    verdict: verdict({
      periods,
      years,
      sharpe: luck.chosen.alphaSharpe,
      luckySharpe: luck.luckySharpe,
      trials: luck.trials.effective,
      deflatedSharpe: luck.chosen.deflatedSharpe,
      deflatedAlpha: luck.chosen.deflatedAlpha,
      beyondChance: luck.beyondChance,
      minBacktestLength: luck.chosen.minBacktestYears,
      pbo: overfitting.pbo,
      lossProbability: overfitting.lossProbability,
      adjustedP: ability.chosen.pOfAllTrials,
      spaP: ability.spa.consistent,
      against: ability.against,
      persistence: decays,
      ...extra,
    }),
  };
}

function subjectOf(evidence: SearchEvidence): Subject {
  const { returns, sets, periods, chosen, benchmarkReturns: benchmark } = evidence;
  invariant(Number.isInteger(chosen) && chosen >= 0 && chosen < sets, `chosen set ${chosen} of ${sets}`);
  const matrix: ReturnMatrix = { returns, sets, periods };
  const usable = usableRows(matrix);
  const judged = benchmark === undefined ? matrix : benchmarkResiduals(matrix, benchmark);
  return {
    evidence,
    matrix,
    judged,
    usable,
    net: sharpeEstimate(rowOf(matrix, chosen)),
    alpha: sharpeEstimate(rowOf(judged, chosen)),
    exposure: benchmark === undefined ? 0 : exposureTo(benchmark, rowOf(matrix, chosen)),
  };
}

/** Sample variance of the sets' Sharpe ratios a period; that of a Sharpe ratio of 0 by chance where under two are defined. */
function sharpeVariance(matrix: ReturnMatrix, usable: Int32Array): number {
  const ratios = Float64Array.from(usable, (row) => sharpeEstimate(rowOf(matrix, row)).sharpe);
  const { variance } = moments(ratios.filter((ratio) => Number.isFinite(ratio)));
  return Number.isNaN(variance) ? 1 / (matrix.periods - 1) : variance;
}

function deflation({ evidence, matrix, judged, usable, net, alpha }: Subject) {
  const { periodsPerYear, ledger } = evidence;
  const annual = Math.sqrt(periodsPerYear);
  const counted = Math.max(1, usable.length, ledger?.trials ?? 1);
  const correlation = averageCorrelation(judged);
  const alike = Math.min(counted, Math.max(1, usable.length, evidence.sampledFrom ?? 0));
  const effective = effectiveTrials(alike, correlation) + counted - alike;
  // Copies vary less than what they were found among: for trials without returns stands what chance gives.
  const varianceOf = (of: ReturnMatrix): number =>
    Math.max(sharpeVariance(of, usable), alike < counted ? 1 / (of.periods - 1) : 0);
  const netVariance = ledger?.sharpeVariance ?? varianceOf(matrix);
  const alphaVariance = matrix === judged ? netVariance : varianceOf(judged);
  const deflate = (estimate: SharpeEstimate, variance: number): number =>
    probabilisticSharpe(estimate, expectedMaxSharpe(effective, variance));
  const byChance = sharpeStandardError({ ...alpha, sharpe: 0 }) ** 2;
  return {
    chosen: {
      sharpe: net.sharpe * annual,
      alphaSharpe: alpha.sharpe * annual,
      probabilisticSharpe: probabilisticSharpe(net),
      deflatedSharpe: deflate(net, netVariance),
      deflatedAlpha: deflate(alpha, alphaVariance),
      minTrackRecordYears: minTrackRecord(net) / periodsPerYear,
      minBacktestYears: alpha.sharpe > 0 ? minBacktestLength(effective, alpha.sharpe * annual) : Number.NaN,
    },
    trials: {
      counted,
      effective,
      correlation,
      sharpeVariance: netVariance * periodsPerYear,
      expectedMaxSharpe: expectedMaxSharpe(effective, netVariance) * annual,
    },
    luckySharpe: expectedMaxSharpe(effective, alphaVariance) * annual,
    beyondChance: deflate(alpha, Math.min(alphaVariance, byChance)),
  };
}

function testsOf(
  { evidence, judged, matrix, usable }: Subject,
  trials: Assessment['trials'],
): Pick<Assessment, 'overfitting' | 'superiorAbility'> {
  const { blocks, resamples, rng, chosen, periodsPerYear } = evidence;
  const annual = Math.sqrt(periodsPerYear);
  const { logits, ...overfitting } = backtestOverfitting(judged, blocks === undefined ? {} : { blocks });
  const { statistics, adjusted, ...ability } = superiorAbility(judged, {
    rng: rng.fork('superior-ability'),
    ...(resamples === undefined ? {} : { resamples }),
  });
  const sorted = sortedFinite(logits);
  return {
    overfitting: {
      ...overfitting,
      inSample: overfitting.inSample * annual,
      outOfSample: overfitting.outOfSample * annual,
      intercept: overfitting.intercept * annual,
      logitQuantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantileSorted(sorted, p)),
    },
    superiorAbility: {
      ...ability,
      against: matrix === judged ? 'zero' : 'benchmark',
      chosen: {
        statistic: statistics[chosen]!,
        p: adjusted[chosen]!,
        pOfAllTrials:
          trials.counted > usable.length
            ? Math.max(adjusted[chosen]!, bestOf(trials.effective, statistics[chosen]!))
            : adjusted[chosen]!,
      },
      significant: adjusted.filter((p) => p <= 0.05).length,
    },
  };
}

/** Chance that the best of so many independent standard normals is at least z: 1 - Phi(z)^trials (Sidak 1967). */
function bestOf(trials: number, z: number): number {
  return -Math.expm1(trials * Math.log1p(-normalCdf(-z)));
}

/** The chosen set afterwards, hedged by the exposure it had while it was searched. */
function outOfSampleOf({ evidence, alpha, exposure }: Subject): Assessment['outOfSample'] {
  const { outOfSample: later, periodsPerYear } = evidence;
  if (later === undefined) return undefined;
  const { returns, benchmarkReturns: benchmark } = later;
  const estimate = sharpeEstimate(benchmark === undefined ? returns : hedged(returns, benchmark, exposure));
  return {
    periods: returns.length,
    sharpe: estimate.sharpe * Math.sqrt(periodsPerYear),
    probability: probabilisticSharpe(estimate),
    decay: sharpeDecay(alpha, estimate),
    left: quotient(estimate.sharpe, alpha.sharpe),
  };
}

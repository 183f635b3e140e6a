/** The experiment in pieces that need nothing of each other: one seed of one kind each, on whatever thread. */
import { unreachable } from '../../core/index.ts';
import { type ExperimentPlan, experimentPlan } from '../defaults.ts';
import { plantedMarket } from '../planted/market.ts';
import type { MarketSize } from '../planted/setting.ts';
import { type DriftKind, type DriftScore, driftScore } from './drift.ts';
import { type LeakScore, leakScore } from './leaks.ts';
import { judge, mine } from './mine.ts';
import { type ContrastedNull, type NullScore, noiseNull, permutedEventsNull } from './nulls.ts';
import { type SeedScore, scoreSeed } from './score.ts';

/** A planted market, and so many sets of permuted events on it. */
export type PlantedJob = {
  readonly kind: 'planted';
  readonly seed: number;
  readonly amplitude: number;
  readonly nullSets: number;
};
/** A market without patterns. */
export type NoiseJob = { readonly kind: 'noise'; readonly seed: number };
export type LeaksJob = { readonly kind: 'leaks'; readonly seed: number; readonly amplitude: number };
export type DriftJob = { readonly kind: 'drift'; readonly seed: number; readonly market: DriftKind };

/** Plain data: a job may be sent to another thread or machine. */
export type ExperimentJob = PlantedJob | NoiseJob | LeaksJob | DriftJob;

/** Plain data, the same to the byte wherever the job ran. */
export type ExperimentResult =
  | { readonly kind: 'planted'; readonly job: PlantedJob; readonly score: SeedScore; readonly permuted: ContrastedNull }
  | { readonly kind: 'noise'; readonly job: NoiseJob; readonly noise: NullScore }
  | { readonly kind: 'leaks'; readonly job: LeaksJob; readonly leaks: LeakScore }
  | { readonly kind: 'drift'; readonly job: DriftJob; readonly drift: DriftScore };

const ordinary = 2.2;

/** All jobs of a plan. */
export function experimentJobs({ seeds, firstSeed, nulls }: ExperimentPlan = experimentPlan): ExperimentJob[] {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => firstSeed + i);
  const share = Math.ceil(nulls / seeds);
  const planted = (amplitude: number): PlantedJob[] =>
    numbers(seeds).map((seed) => ({ kind: 'planted', seed, amplitude, nullSets: amplitude === ordinary ? share : 0 }));
  return [
    ...planted(ordinary),
    ...planted(3),
    ...planted(1.5),
    ...numbers(nulls).map((seed): NoiseJob => ({ kind: 'noise', seed })),
    ...numbers(Math.ceil(seeds / 10)).map((seed): LeaksJob => ({ kind: 'leaks', seed, amplitude: ordinary })),
    ...numbers(seeds).map((seed): DriftJob => ({ kind: 'drift', seed, market: 'decay' })),
    // One market has a false alarm or two by chance: their rate takes several.
    ...numbers(Math.ceil(seeds / 2)).map((seed): DriftJob => ({ kind: 'drift', seed, market: 'steady' })),
  ];
}

/** @param size smaller markets than the experiment's, for trying it out */
export function runExperimentJob(job: ExperimentJob, size: MarketSize = {}): ExperimentResult {
  if (job.kind === 'drift') return { kind: 'drift', job, drift: driftScore(job.market, job.seed, size) };
  const amplitude = job.kind === 'noise' ? 0 : job.amplitude;
  const market = plantedMarket({ ...size, seed: job.seed, amplitude });
  const mined = mine(market.panel);
  switch (job.kind) {
    case 'planted': {
      const score = scoreSeed(market, mined, judge(mined, market.events, job.seed));
      return { kind: 'planted', job, score, permuted: permutedEventsNull(market, mined, job.nullSets) };
    }
    case 'noise':
      return { kind: 'noise', job, noise: noiseNull(market, mined) };
    case 'leaks':
      return { kind: 'leaks', job, leaks: leakScore(market, mined) };
    default:
      return unreachable(job);
  }
}

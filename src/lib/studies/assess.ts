/** How far the best set of a search may be believed: the honesty of a study, from the returns of what it tried. */
import { createRng } from '../core/index.ts';
import {
  assessSearch,
  type CostStress,
  costStress,
  jitterBars,
  type NoiseRetention,
  neighbourhood,
  noiseRetention,
  type ShuffledTrades,
  shuffledTrades,
} from '../metrics/index.ts';
import { lowerBound, type TradeRecord } from '../model/index.ts';
import { paramsAt, scoreOf, type TrialExecutor } from '../optimize/index.ts';
import type { HonestyView, TrialEvidence } from '../report/index.ts';
import type { ParamSet, SweepTrace } from '../sweep/index.ts';
import type { Part } from './arena.ts';
import type { Desk, Searched } from './desk.ts';

export type OutOfSample = { readonly returns: Float64Array; readonly benchmarkReturns?: Float64Array };

export type HonestyRequest = {
  readonly part: Part;
  readonly searched: Searched;
  readonly evidence: TrialEvidence;
  readonly benchmark: Float64Array | undefined;
  readonly outOfSample: OutOfSample | undefined;
  /** Trials of which those of the search are a sample. */
  readonly sampledFrom: number;
};

/** Values of the matrix of returns: about two seconds of bootstrap. */
const MATRIX_VALUES = 1_500_000;
const FEWEST_SETS = 50;
const MOST_SETS = 1000;
const JITTERS = 8;

export async function assess(desk: Desk, request: HonestyRequest): Promise<HonestyView> {
  const { part, searched, evidence, benchmark, outOfSample, sampledFrom } = request;
  const { periodEnds, periodsPerYear } = part.sweep;
  const best = searched.order[0]!;
  const places = sample(desk, searched, best, periodEnds.length);
  const sets = places.map((place) => paramsAt(desk.plan.space, searched.trials.pointAt(place)));
  const executor = await part.executor();
  try {
    const evaluated = returnsOf(executor, sets);
    // A failure is met where the returns are needed, not as an unhandled rejection before that.
    evaluated.catch(() => undefined);
    // What only this thread can do is done while others evaluate.
    const trace = part.sweep.trace(sets[0]!);
    const noise = jittered(desk, part, sets[0]!, searched.scores[best]!);
    const returns = await evaluated;
    const costs = costsOf(trace, returns.subarray(0, periodEnds.length), part);
    const assessment = assessSearch({
      returns,
      sets: sets.length,
      periods: periodEnds.length,
      periodsPerYear,
      chosen: 0,
      ledger: {
        trials: evidence.count,
        ...(Number.isFinite(evidence.sharpeVariance) ? { sharpeVariance: evidence.sharpeVariance } : {}),
      },
      sampledFrom,
      stability: stabilityOf(desk, searched, best),
      costs,
      ...(noise === undefined ? {} : { noise }),
      ...(benchmark === undefined ? {} : { benchmarkReturns: benchmark }),
      ...(outOfSample === undefined ? {} : { outOfSample }),
      rng: createRng(desk.seed).fork('honesty'),
    });
    const closed = [...trace.trades].filter(({ exitTime }) => Number.isFinite(exitTime));
    return {
      assessment,
      sampled: sets.length,
      ...(closed.length < 2 ? {} : { shuffled: shuffleOf(desk, closed, trace) }),
    };
  } finally {
    await executor.close();
  }
}

/** Returns over all periods, a row a set: the sets are split over the lanes of the executor, which changes no bit of a row. */
async function returnsOf(executor: TrialExecutor, sets: readonly ParamSet[]): Promise<Float64Array> {
  const { periodEnds, lanes } = executor;
  const size = Math.ceil(sets.length / Math.max(1, lanes));
  const starts = Array.from({ length: Math.ceil(sets.length / size) }, (_, k) => k * size);
  const matrix = new Float64Array(sets.length * periodEnds.length);
  await Promise.all(
    starts.map(async (start) => {
      const { returns } = await executor.evaluate(sets.slice(start, start + size), { returns: true });
      matrix.set(returns!, start * periodEnds.length);
    }),
  );
  return matrix;
}

/** The best set first, then a seeded sample of the others that did not fail. */
function sample(desk: Desk, { trials }: Searched, best: number, periods: number): readonly number[] {
  const most = Math.max(FEWEST_SETS, Math.min(MOST_SETS, Math.floor(MATRIX_VALUES / periods)));
  const others = Array.from({ length: trials.count }, (_, t) => t).filter((t) => t !== best && !trials.failed(t));
  const rng = createRng(desk.seed).fork('sample of trials');
  for (let k = 0; k < Math.min(most - 1, others.length); k++) {
    const drawn = k + rng.integer(others.length - k);
    const held = others[k]!;
    others[k] = others[drawn]!;
    others[drawn] = held;
  }
  return [best, ...others.slice(0, most - 1).sort((a, b) => a - b)];
}

function stabilityOf({ plan }: Desk, { trials, scores }: Searched, chosen: number) {
  return neighbourhood({
    coordinates: trials.codes.subarray(0, trials.count * trials.dimensions),
    dimensions: plan.space.dimensions.map(({ name, kind, ...rest }) => ({
      name,
      kind:
        kind === 'list' && 'values' in rest && !rest.values.every((value) => typeof value === 'number')
          ? 'choice'
          : 'ordered',
    })),
    objective: scores,
    chosen,
  });
}

/** Fees and slippage of each period over the equity it began with. */
function costsOf({ fills, equity }: SweepTrace, net: Float64Array, part: Part): CostStress {
  const { periodEnds, periodsPerYear } = part.sweep;
  const costs = new Float64Array(periodEnds.length);
  for (const { time, fee, slippage } of fills) {
    const period = Math.min(costs.length - 1, lowerBound(periodEnds, time));
    const start = period === 0 ? part.cash : valueBefore(equity, periodEnds[period - 1]!, part.cash);
    if (start > 0) costs[period] = costs[period]! + Math.max(0, fee + slippage) / start;
  }
  return costStress({ gross: net.map((r, t) => r + costs[t]!), costs, periodsPerYear });
}

function valueBefore({ time, equity }: SweepTrace['equity'], at: number, initial: number): number {
  const row = lowerBound(time, at + 1) - 1;
  return row < 0 ? initial : equity[row]!;
}

/** The objective of the best set when every price is moved a little, at random, eight times. */
function jittered(desk: Desk, part: Part, set: ParamSet, original: number): NoiseRetention | undefined {
  const { bars } = part;
  if (bars === undefined) return undefined;
  const rng = createRng(desk.seed).fork('jitter');
  const scores = Array.from({ length: JITTERS }, (_, k) => {
    const stream = rng.fork(String(k));
    const moved = bars.map((one) => jitterBars(one, { rng: stream.fork(one.instrument.symbol) }));
    const { figures } = part.over(moved).run([set]);
    return scoreOf(desk.plan.objective, figures, 0);
  });
  return noiseRetention(original, scores);
}

function shuffleOf(desk: Desk, trades: readonly TradeRecord[], { equity }: SweepTrace): ShuffledTrades {
  const byExit = [...trades].sort((a, b) => a.exitTime - b.exitTime);
  const returns = Float64Array.from(byExit, ({ pnl, exitTime }) => {
    const after = valueBefore(equity, exitTime, Number.NaN);
    return pnl / (after - pnl);
  }).filter((value) => Number.isFinite(value) && value > -1);
  return shuffledTrades(returns, { rng: createRng(desk.seed).fork('shuffle'), mode: 'bootstrap' });
}

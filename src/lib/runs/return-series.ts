/** Return series that weights can be found from: of stored runs, or of the instruments of a data set, on the times they share. */
import { SigmaError } from '../core/index.ts';
import {
  inferPeriodsPerYear,
  isIntraday,
  type ReturnMatrix,
  sampleDayEnds,
  type ValueSeries,
} from '../metrics/index.ts';
import { closeTime, DAY } from '../model/index.ts';
import type { StoredRun } from '../registry/index.ts';
import { dataNotes } from '../report/index.ts';
import { actionsOf, holderBars } from './corporate-actions.ts';
import type { Market } from './market.ts';
import { type RunOptions, rangeOf } from './options.ts';
import { readOutcome } from './outcome.ts';

export type ReturnSeries = {
  readonly names: readonly string[];
  /** Simple returns a period, one row a name. */
  readonly matrix: ReturnMatrix;
  /** End of each period, epoch milliseconds. */
  readonly periodEnds: Float64Array;
  readonly periodsPerYear: number;
  /** What a reader must know of the data behind them, a sentence each. */
  readonly notes: readonly string[];
};

/**
 * Daily returns (or returns a bar, where bars are longer than a day) of the equity of runs on the days that all of them have.
 * @throws SigmaError usage/bad-option when a run is named twice, data/empty when they share under two days
 */
export async function returnsOfRuns(runs: readonly StoredRun[]): Promise<ReturnSeries> {
  const twice = runs.find(({ id }, k) => runs.findIndex((other) => other.id === id) !== k);
  if (twice !== undefined)
    throw new SigmaError('usage/bad-option', `run ${twice.id} is named twice`, {
      where: 'runs',
      hint: 'name each run once; a copy adds nothing to a portfolio',
    });
  const curves = await Promise.all(runs.map(async (run) => dailyCurve(await equityOf(run))));
  const notes = [...new Set(runs.flatMap(notesOfRun))];
  return { ...align(namesOf(runs), curves), notes };
}

/** Names of the strategies; with the start of the id where one strategy has several runs. */
function namesOf(runs: readonly StoredRun[]): readonly string[] {
  const all = runs.map(({ manifest }) => manifest.strategy.name);
  return runs.map(({ id }, k) =>
    all.indexOf(all[k]!) === all.lastIndexOf(all[k]!) ? all[k]! : `${all[k]} ${id.slice(0, 6)}`,
  );
}

function notesOfRun({ id, manifest, outcome }: StoredRun): readonly string[] {
  return dataNotes({ ...manifest.data, hindsight: readOutcome(outcome, id).hindsight === true });
}

async function equityOf(run: StoredRun): Promise<ValueSeries> {
  const table = await run.table('equity');
  return { time: table.numbers('time'), value: table.numbers('equity') };
}

/**
 * Returns of holding each instrument, with splits and dividends that are stored with the data, on the bars that all of them have.
 * @throws SigmaError usage/unknown-instrument, usage/empty-range; data/empty when they share under two bars
 */
export async function returnsOfMarket(
  market: Market,
  options: Pick<RunOptions, 'symbols' | 'from' | 'to'>,
): Promise<ReturnSeries> {
  const window = { ...rangeOf(options), ...(options.symbols === undefined ? {} : { symbols: options.symbols }) };
  const bars = holderBars(await market.read(window), (await actionsOf({ applyActions: 'prices' }, market)).list);
  const curves = bars.map((one) => ({
    time: one.time.map((time) => closeTime(one.timeframe, time)),
    value: one.close,
  }));
  const series = align(
    bars.map(({ instrument }) => instrument.symbol),
    curves,
  );
  // Nothing is ordered: closes are all that counts.
  const notes = dataNotes({ ...market.info, closeOnly: false });
  return { ...series, periodsPerYear: market.info.periodsPerYear, notes };
}

/** Ends of UTC days; as it is where rows are a day or more apart. */
function dailyCurve({ time, value }: ValueSeries): ValueSeries {
  const { time: ends, value: values } = isIntraday(time) ? sampleDayEnds(time, value) : { time, value };
  // Venues close at different hours of a day: the day is what runs share.
  return { time: ends.map((end) => DAY * Math.ceil(end / DAY)), value: values };
}

function align(names: readonly string[], curves: readonly ValueSeries[]): Omit<ReturnSeries, 'notes'> {
  const counts = new Map<number, number>();
  for (const { time, value } of curves)
    time.forEach((end, i) => {
      if (Number.isFinite(value[i]!)) counts.set(end, (counts.get(end) ?? 0) + 1);
    });
  const shared = [...counts].filter(([, count]) => count === curves.length).map(([end]) => end);
  const ends = Float64Array.from(shared).sort();
  const periods = Math.max(0, ends.length - 1);
  if (periods < 2)
    throw new SigmaError('data/empty', `${names.join(', ')} share ${ends.length} times`, {
      where: 'returns',
      hint: 'choose series that overlap',
    });
  const returns = new Float64Array(curves.length * periods);
  curves.forEach(({ time, value }, s) => {
    const at = new Map(Array.from(time, (end, i) => [end, value[i]!] as const));
    for (let t = 0; t < periods; t++) returns[s * periods + t] = at.get(ends[t + 1]!)! / at.get(ends[t]!)! - 1;
  });
  return {
    names,
    matrix: { returns, sets: curves.length, periods },
    periodEnds: ends.slice(1),
    periodsPerYear: inferPeriodsPerYear(ends),
  };
}

/** The fast path: sets of one instrument whose targets order only when they change. */
import { ordersOnChange } from './change-sweep.ts';
import { createCalendar } from './decisions.ts';
import { PeriodEnds } from './period-ends.ts';
import { type SignalGroup, sameNames } from './signal-columns.ts';
import { SignalLoader } from './signal-loader.ts';
import { createSingleFigures } from './single-figures.ts';
import { SinglePass } from './single-pass.ts';
import { type SumWants, WIDTH } from './single-state.ts';
import { createStretchMaker } from './stretch.ts';
import type { FigureKey, ParamSet } from './sweep.ts';
import { type TargetKernel, targetKernel } from './target-kernel.ts';
import type { Asked, Group, Output, Prepared, VectorSweepOptions } from './vector-options.ts';
import { WindowBlock } from './window-block.ts';
import { WINDOW, windowMemory } from './window-memory.ts';

/** Figures that such sums are needed for. */
const figuresOf: Readonly<Record<keyof SumWants, ReadonlySet<FigureKey>>> = {
  shape: new Set(['skewness', 'excessKurtosis', 'downsideDeviation', 'sortino', 'ulcerIndex']),
  profits: new Set(['winRate', 'profitFactor', 'expectancy']),
  exposure: new Set(['exposure', 'turnover']),
};

/** One instrument, and nothing but its own targets and exits moves the position. */
export function isSingle(options: VectorSweepOptions): boolean {
  const { source, periods } = options;
  const { risk } = options.config;
  const limits = [
    risk.maxOrderNotional,
    risk.maxPositionWeight,
    risk.maxNetLeverage,
    risk.maxOpenOrders,
    risk.maxOrdersPerInstant,
  ];
  const { minQuantity, minNotional } = source.instruments[0]!;
  return (
    source.instruments.length === 1 &&
    periods.smooth &&
    ordersOnChange(options) &&
    minQuantity === 0 &&
    minNotional === 0 &&
    limits.every((limit) => limit === undefined)
  );
}

/** Writes what it can of a group, and returns the sets that need the engine's own parts. */
export function runSingle(options: VectorSweepOptions, group: Group, output: Output): readonly Asked[] {
  const { strategy, source, config, periods } = options;
  const instrument = source.instruments[0]!;
  const { names } = group.sets[0]!.signals;
  const kernel = targetKernel(strategy, names);
  kernel.turnTo(instrument.symbol);
  kernel.bars.universe.fill(1);
  const width = periods.ends.length;
  const isAlike = ({ signals }: Prepared): boolean => sameNames(signals.names, names);
  const left = group.sets.filter((set) => !isAlike(set));
  const sets = left.length === 0 ? group.sets : group.sets.filter(isAlike);
  const lined = lineUp(sets, names.length);
  const { places } = lined;
  const asks = (sums: keyof SumWants): boolean => output.wanted.some((key) => figuresOf[sums].has(key));
  const pass = new SinglePass({
    instrument,
    config,
    allocation: strategy.allocation ?? 'slots',
    sets: sets.length,
    intraday: periods.intraday,
    sums: { shape: asks('shape'), profits: asks('profits'), exposure: asks('exposure') },
    returns: output.returns === undefined ? undefined : { values: output.returns, width, places },
    exits: strategy.exits !== undefined,
    closeOnly: source.closeOnly,
    extremes: periods.extremes,
  });
  walkGroup(options, lined, group.signals, { kernel, pass });
  const { states } = pass;
  const write = createSingleFigures(output.figures, output.wanted, { states, periods, initial: config.account.cash });
  // In a callback: the body of a loop that runs once a group is compiled late, and short sweeps never see it compiled.
  places.forEach((place, s) => {
    if (write(place, s * WIDTH)) options.onAnswer?.(place, pass.plainly[s] === 1 ? 'plain' : 'single');
    else left.push(sets[s]!);
  });
  return left;
}

/** What a walk asks of sets, side by side: their own objects lie far apart in memory. */
type Lined = {
  readonly params: readonly ParamSet[];
  readonly places: Int32Array;
  /** Columns of the signals of set s from s * names on. */
  readonly columns: Int32Array;
};

function lineUp(sets: readonly Prepared[], names: number): Lined {
  const params: ParamSet[] = [];
  const places = new Int32Array(sets.length);
  const columns = new Int32Array(sets.length * names);
  for (const { place, params: own, signals } of sets) {
    const s = params.push(own) - 1;
    places[s] = place;
    for (let k = 0; k < names; k++) columns[s * names + k] = signals.places[k]!;
  }
  return { params, places, columns };
}

type Runner = { readonly kernel: TargetKernel; readonly pass: SinglePass };

function walkGroup(
  { source, config, periods }: VectorSweepOptions,
  { params, columns }: Lined,
  signals: SignalGroup,
  { kernel, pass }: Runner,
): void {
  const shared = signals.columns(source.instruments, { into: (k) => windowMemory().columns[k] });
  const stretches = createStretchMaker(1, periods.priced);
  const calendar = createCalendar('change', config.start);
  const ends = new PeriodEnds(periods.ends);
  const width = kernel.signals.length;
  const window = new WindowBlock();
  const loader = new SignalLoader(kernel);
  for (const block of source.blocks()) {
    for (let from = 0; from < block.rows; from += WINDOW) {
      window.enter(block, from, Math.min(from + WINDOW, block.rows));
      const stretch = stretches.next(window);
      shared.advance(stretch, calendar.mark(stretch));
      pass.enter(kernel, window, ends);
      // Sets without a universe have one evaluator.
      loader.enter(shared.values(0), 0, window.rows);
      for (let s = 0; s < params.length; s++) pass.advance(s, params[s]!, loader.load(columns, s * width));
      pass.leave();
    }
  }
}

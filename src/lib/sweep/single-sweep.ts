/** The fast path: sets of one instrument whose targets order only when they change. */
import { ordersOnChange } from './change-sweep.ts';
import { createCalendar } from './decisions.ts';
import { PeriodEnds } from './period-ends.ts';
import { sameNames } from './signal-columns.ts';
import { SignalLoader } from './signal-loader.ts';
import { createSingleFigures } from './single-figures.ts';
import { SinglePass } from './single-pass.ts';
import { type SumWants, WIDTH } from './single-state.ts';
import { createStretchMaker } from './stretch.ts';
import type { FigureKey } from './sweep.ts';
import { type TargetKernel, targetKernel } from './target-kernel.ts';
import type { Asked, Group, Output, VectorSweepOptions } from './vector-options.ts';
import { WINDOW } from './window-memory.ts';

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
  const sets = group.sets.filter((set) => sameNames(set.signals.names, names));
  const places = sets.map((set) => set.place);
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
  walkGroup(options, { sets, signals: group.signals }, { kernel, pass });
  const { states } = pass;
  const write = createSingleFigures(output.figures, output.wanted, { states, periods, initial: config.account.cash });
  // In a callback: the body of a loop that runs once a group is compiled late, and short sweeps never see it compiled.
  const unsound = sets.filter(({ place }, s) => {
    const sound = write(place, s * WIDTH);
    if (sound) options.onAnswer?.(place, pass.plainly[s] === 1 ? 'plain' : 'single');
    return !sound;
  });
  return [...unsound, ...group.sets.filter((set) => !sameNames(set.signals.names, names))];
}

type Runner = { readonly kernel: TargetKernel; readonly pass: SinglePass };

function walkGroup(
  { source, config, periods }: VectorSweepOptions,
  { sets, signals }: Group,
  { kernel, pass }: Runner,
): void {
  const shared = signals.columns(source.instruments);
  const stretches = createStretchMaker(1, periods.priced);
  const calendar = createCalendar('change', config.start);
  const ends = new PeriodEnds(periods.ends);
  for (const block of source.blocks()) {
    const stretch = stretches.next(block);
    shared.advance(stretch, calendar.mark(stretch));
    for (let from = 0; from < block.rows; from += WINDOW) {
      const to = Math.min(from + WINDOW, block.rows);
      pass.enter(kernel, block, { from, to, ends });
      const loader = new SignalLoader(kernel, from, to);
      for (let s = 0; s < sets.length; s++) {
        const { params, signals: places } = sets[s]!;
        pass.advance(s, params, loader.load(shared.values(places.owner), places.places));
      }
      pass.leave();
    }
  }
}

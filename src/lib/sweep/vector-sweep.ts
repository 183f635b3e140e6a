/** A sweep by the vectorised engine: signals of all sets once over each stretch of the market, then one pass a set. */
import type { SigmaError } from '../core/index.ts';
import { createSizer, type RunConfig } from '../engine/index.ts';
import type { BlockSource } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { createCalendar } from './decisions.ts';
import { attempt, backtestOf, checkSignals, performanceOf, resultOf } from './event-sweep.ts';
import { type FigureColumns, figureColumns, writeFigures } from './figures.ts';
import { type Periods, writeReturns } from './periods.ts';
import { type PassResult, PortfolioPass } from './portfolio-pass.ts';
import { createSignalColumns, type SetSignals, signalsOf } from './signal-columns.ts';
import { createStretchMaker } from './stretch.ts';
import type { ParamSet, Sweep, SweepTrace } from './sweep.ts';

export type VectorSweepOptions = {
  readonly strategy: Strategy;
  readonly source: BlockSource;
  readonly config: RunConfig;
  readonly periods: Periods;
};

/** Values of distinct signals held at once, over one stretch. */
const VALUES_AT_ONCE = 16_000_000;
/** Sets walked side by side. */
const SETS_AT_ONCE = 256;
/** Longest stretch a source is expected to give. */
const LONGEST_STRETCH = 65_536;

type Prepared = { readonly place: number; readonly params: ParamSet; readonly signals: SetSignals };

export function createVectorSweep(options: VectorSweepOptions): Sweep {
  const { periods } = options;
  return {
    engine: 'vectorised',
    reason: '',
    periodEnds: periods.ends,
    periodsPerYear: periods.perYear,
    trace: (set) => traceOf(options, set),
    run: (sets, wants = {}) => {
      const output = outputOf(options, sets.length, wants.returns === true);
      for (const group of groupsOf(options, sets, output.failures)) runGroup(options, group, output);
      return resultOf(output.figures, output.returns, output.failures);
    },
  };
}

type Output = {
  readonly figures: FigureColumns;
  readonly returns: Float64Array | undefined;
  readonly failures: Map<number, SigmaError>;
};

function outputOf({ periods }: VectorSweepOptions, sets: number, returns: boolean): Output {
  return {
    figures: figureColumns(sets),
    returns: returns ? new Float64Array(sets * periods.ends.length).fill(Number.NaN) : undefined,
    failures: new Map(),
  };
}

/** Sets in order, cut where their distinct signals would take too much memory. */
function* groupsOf(
  { strategy, config, source }: VectorSweepOptions,
  sets: readonly ParamSet[],
  failures: Map<number, SigmaError>,
): Iterable<readonly Prepared[]> {
  const sizer = createSizer(config);
  const rows = Math.max(1, Math.min(source.rows, LONGEST_STRETCH));
  const columns = Math.max(1, Math.floor(VALUES_AT_ONCE / rows));
  let group: Prepared[] = [];
  const distinct = new Set<string>();
  for (const [place, params] of sets.entries()) {
    const signals = attempt(place, failures, () => {
      checkSignals(strategy, params);
      return signalsOf(strategy, params, sizer);
    });
    if (signals === undefined) continue;
    for (const { key } of signals.expressions) distinct.add(key);
    group.push({ place, params, signals });
    if (group.length < SETS_AT_ONCE && distinct.size < columns) continue;
    yield group;
    group = [];
    distinct.clear();
  }
  if (group.length > 0) yield group;
}

function runGroup(options: VectorSweepOptions, group: readonly Prepared[], output: Output): void {
  const passes = walk(options, group, { failures: output.failures, detailed: false });
  group.forEach(({ place, params }, s) => {
    if (output.failures.has(place)) return;
    const pass = passes[s]!;
    const result = pass.sound ? pass.finish() : attempt(place, output.failures, () => eventResult(options, params));
    if (result !== undefined) write(options, place, result, output);
  });
}

function write({ periods, config }: VectorSweepOptions, place: number, result: PassResult, output: Output): void {
  const { equity, fills, trades, costs } = result;
  const initial = config.account.cash;
  writeFigures(output.figures, place, { equity, fills, trades, costs, initial, periodsPerYear: periods.perYear });
  const width = periods.ends.length;
  if (output.returns !== undefined)
    writeReturns(output.returns.subarray(place * width, (place + 1) * width), equity, periods, initial);
}

function traceOf(options: VectorSweepOptions, params: ParamSet): SweepTrace {
  const { strategy, config } = options;
  checkSignals(strategy, params);
  const signals = signalsOf(strategy, params, createSizer(config));
  const failures = new Map<number, SigmaError>();
  const [pass] = walk(options, [{ place: 0, params, signals }], { failures, detailed: true });
  const failure = failures.get(0);
  if (failure !== undefined) throw failure;
  const { equity, orders, fills, trades } = pass!.sound ? pass!.finish() : eventResult(options, params);
  return { equity, orders, fills, trades };
}

/** A set in which a margin call may have happened, by the engine that can tell. */
function eventResult(options: VectorSweepOptions, params: ParamSet): PassResult {
  const result = backtestOf({ ...options, reason: '', actions: [], detail: undefined }, params);
  return { ...result, costs: performanceOf(result, options.periods).costs };
}

type WalkTerms = { readonly failures: Map<number, SigmaError>; readonly detailed: boolean };

/** All passes of a group over the whole market; a set that threw is among the failures. */
function walk(
  options: VectorSweepOptions,
  group: readonly Prepared[],
  { failures, detailed }: WalkTerms,
): PortfolioPass[] {
  const { strategy, source, config, periods } = options;
  const { instruments, closeOnly } = source;
  const expected = periods.instants.length;
  const passes = group.map(
    ({ params, signals }) =>
      new PortfolioPass({ strategy, params, instruments, config, closeOnly, names: signals.names, expected, detailed }),
  );
  const shared = createSignalColumns(
    group.map((set) => set.signals),
    instruments,
  );
  const stretches = createStretchMaker(instruments.length);
  const calendar = createCalendar(strategy.rebalance ?? 'change', config.start);
  for (const block of source.blocks()) {
    const stretch = stretches.next(block);
    const decided = calendar.mark(stretch);
    shared.advance(stretch, decided);
    passes.forEach((pass, s) => {
      const { place } = group[s]!;
      if (!pass.sound || failures.has(place)) return;
      attempt(place, failures, () => pass.advance(stretch, decided, shared.columns(s), shared.member(s)));
    });
  }
  return passes;
}

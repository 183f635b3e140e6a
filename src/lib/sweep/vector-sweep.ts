/** A sweep by the vectorised engine: signals of all sets once over each stretch of the market, then one pass a set. */
import type { SigmaError } from '../core/index.ts';
import { createSizer, readsSparsely } from '../engine/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { isSparse, walkChanges } from './change-sweep.ts';
import { walkDecisions } from './decision-walk.ts';
import { createCalendar } from './decisions.ts';
import { attempt, backtestOf, performanceOf, resultOf } from './event-sweep.ts';
import { figureColumns, writeFigures } from './figures.ts';
import { writeReturns } from './periods.ts';
import { type PassResult, PortfolioPass } from './portfolio-pass.ts';
import { SignalGroup, signalsOf } from './signal-columns.ts';
import { isSingle, runSingle } from './single-sweep.ts';
import { createStretchMaker } from './stretch.ts';
import {
  figureKeys,
  type ParamSet,
  type Sweep,
  type SweepPath,
  type SweepResult,
  type SweepTrace,
  type SweepWants,
} from './sweep.ts';
import { mayWriteParams } from './target-writes.ts';
import type { Asked, Group, Output, Prepared, VectorSweepOptions, WalkTerms } from './vector-options.ts';
import { COLUMNS, withWindow } from './window-memory.ts';
import { worstPricesOf } from './worst-prices.ts';

/** Values of distinct signals held at once, over one stretch. */
const VALUES_AT_ONCE = 16_000_000;
/** Longest stretch a source is expected to give. */
const LONGEST_STRETCH = 65_536;

/** Sets walked side by side, and their distinct signals. */
type GroupSize = { readonly sets: number; readonly columns: number };

/** Sets that are a row of numbers each. */
const singles: GroupSize = { sets: 8192, columns: COLUMNS };

/** Sets walked by the engine's parts. */
function severalOf({ source }: VectorSweepOptions): GroupSize {
  const rows = Math.max(1, Math.min(source.rows, LONGEST_STRETCH));
  return { sets: 256, columns: Math.max(1, Math.floor(VALUES_AT_ONCE / rows)) };
}

export function createVectorSweep(options: VectorSweepOptions): Sweep {
  const { periods, strategy } = options;
  const given = givenTo(strategy);
  return {
    engine: 'vectorised',
    reason: '',
    periodEnds: periods.ends,
    periodsPerYear: periods.perYear,
    trace: (set) => withWindow(() => traceOf(options, given(set))),
    run: (sets, wants = {}) => withWindow(() => runAll(options, sets.map(given), wants)),
  };
}

function runAll(options: VectorSweepOptions, sets: readonly ParamSet[], wants: SweepWants): SweepResult {
  const output = outputOf(options, sets.length, wants);
  let left: readonly Asked[] = sets.map((params, place) => ({ place, params }));
  if (isSingle(options)) {
    const groups = groupsOf(options, left, output.failures, singles);
    left = [...groups].flatMap((group) => runSingle(options, group, output));
  }
  const several = severalOf(options);
  if (isSparse(options)) {
    const groups = groupsOf(options, left, output.failures, several);
    left = [...groups].flatMap((group) => runSparse(options, group, output));
  }
  for (const group of groupsOf(options, left, output.failures, several)) runGroup(options, group, output);
  // A set that fails may have had returns before.
  const width = options.periods.ends.length;
  for (const place of output.failures.keys()) output.returns?.fill(Number.NaN, place * width, (place + 1) * width);
  return resultOf(output.figures, output.returns, output.failures);
}

/** As the event engine has them, frozen, for a strategy that may write to them: a copy of each set is a fifth of the time of a short one. */
function givenTo({ signals, universe, target, exits }: Strategy): (params: ParamSet) => ParamSet {
  const writes = [signals, universe, target, exits].some((work) => work !== undefined && mayWriteParams(work));
  return writes ? (params) => Object.freeze({ ...params }) : (params) => params;
}

function outputOf({ periods }: VectorSweepOptions, sets: number, { returns, figures }: SweepWants): Output {
  return {
    figures: figureColumns(sets),
    wanted: figures ?? figureKeys,
    returns: returns === true ? new Float64Array(sets * periods.ends.length) : undefined,
    failures: new Map(),
  };
}

/** Sets in order, in groups of a size at most, which the last set may go beyond with its signals. */
function* groupsOf(
  { strategy, config }: VectorSweepOptions,
  asked: readonly Asked[],
  failures: Map<number, SigmaError>,
  most: GroupSize,
): Iterable<Group> {
  const sizer = createSizer(config);
  let signals = new SignalGroup();
  let sets: Prepared[] = [];
  for (const { place, params } of asked) {
    const places = attempt(place, failures, () => signals.add(signalsOf(strategy, params, sizer)));
    if (places === undefined) continue;
    sets.push({ place, params, signals: places });
    if (sets.length < most.sets && signals.size < most.columns) continue;
    yield { sets, signals };
    signals = new SignalGroup();
    sets = [];
  }
  if (sets.length > 0) yield { sets, signals };
}

function runGroup(options: VectorSweepOptions, group: Group, output: Output): void {
  const passes = walk(options, group, { failures: output.failures, detailed: false });
  group.sets.forEach((set, s) => {
    finish(options, set, passes[s]!, { path: 'instants', output });
  });
}

/** Writes what it can of a group, and returns the sets that are to be asked at every instant. */
function runSparse(options: VectorSweepOptions, group: Group, output: Output): readonly Asked[] {
  const passes = walkChanges(options, group, { failures: output.failures, detailed: false });
  return group.sets.filter((set, s) => {
    const pass = passes[s];
    if (pass !== undefined) finish(options, set, pass, { path: 'changes', output });
    return pass === undefined;
  });
}

type Answer = { readonly path: SweepPath; readonly output: Output };

function finish(options: VectorSweepOptions, set: Asked, pass: PortfolioPass, { path, output }: Answer): void {
  if (output.failures.has(set.place)) return;
  if (!pass.sound) return runAlone(options, set, output);
  write(options, set.place, pass.finish(), output);
  options.onAnswer?.(set.place, path);
}

/** By the event engine. */
function runAlone(options: VectorSweepOptions, { place, params }: Asked, output: Output): void {
  const result = attempt(place, output.failures, () => eventResult(options, params));
  if (result === undefined) return;
  write(options, place, result, output);
  options.onAnswer?.(place, 'events');
}

function write({ periods, config }: VectorSweepOptions, place: number, result: PassResult, output: Output): void {
  const { equity, fills, trades, costs } = result;
  const initial = config.account.cash;
  const performance = { equity, fills, trades, costs, initial, periodsPerYear: periods.perYear };
  writeFigures(output.figures, place, performance, output.wanted);
  const width = periods.ends.length;
  if (output.returns !== undefined)
    writeReturns(output.returns.subarray(place * width, (place + 1) * width), equity, periods, initial);
}

function traceOf(options: VectorSweepOptions, params: ParamSet): SweepTrace {
  const { strategy, config } = options;
  const signals = new SignalGroup();
  const places = signals.add(signalsOf(strategy, params, createSizer(config)));
  const failures = new Map<number, SigmaError>();
  const group = { sets: [{ place: 0, params, signals: places }], signals };
  const terms = { failures, detailed: true };
  const [quick] = isSparse(options) ? walkChanges(options, group, terms) : [];
  const [pass] = quick === undefined ? walk(options, group, terms) : [quick];
  const failure = failures.get(0);
  if (failure !== undefined) throw failure;
  const { equity, orders, fills, trades } = pass!.sound ? pass!.finish() : eventResult(options, params);
  return { equity, orders: orders!, fills, trades };
}

/** A set in which a margin call may have happened, by the engine that can tell. */
function eventResult(options: VectorSweepOptions, params: ParamSet): PassResult {
  const result = backtestOf({ ...options, artifacts: {}, reason: '', actions: [], detail: undefined }, params);
  return { ...result, costs: performanceOf(result, options.periods).costs };
}

/** All passes of a group over the whole market; a set that threw is among the failures. */
function walk(options: VectorSweepOptions, group: Group, terms: WalkTerms): readonly PortfolioPass[] {
  const passes = passesOf(options, group, terms);
  if (!walkDecisions(options, group, passes, terms.failures)) walkBlocks(options, group, passes, terms.failures);
  return passes;
}

function passesOf(options: VectorSweepOptions, { sets }: Group, { detailed }: WalkTerms): readonly PortfolioPass[] {
  const { strategy, source, config, periods } = options;
  const expected = periods.instants.length;
  return sets.map(
    ({ params, signals: { names } }) =>
      new PortfolioPass({ strategy, params, source, config, names, expected, detailed }),
  );
}

function walkBlocks(
  options: VectorSweepOptions,
  { sets, signals }: Group,
  passes: readonly PortfolioPass[],
  failures: WalkTerms['failures'],
): void {
  const { strategy, source, config, periods } = options;
  const { instruments } = source;
  const shared = signals.columns(instruments, {
    sparse: instruments.length > 1 && readsSparsely(strategy),
    complete: periods.priced ? ['close'] : [],
  });
  const stretches = createStretchMaker(instruments.length, periods.priced);
  const calendar = createCalendar(strategy.rebalance ?? 'change', config.start);
  const worst = worstPricesOf(options);
  for (const block of source.blocks()) {
    const stretch = stretches.next(block);
    const decided = calendar.mark(stretch);
    shared.advance(stretch, decided);
    worst?.enter(stretch);
    passes.forEach((pass, s) => {
      const { place, signals: places } = sets[s]!;
      if (!pass.sound || failures.has(place)) return;
      const seen = { stretch, columns: shared.columns(places), member: shared.member(places), worst };
      attempt(place, failures, () => pass.advance(decided, seen));
    });
  }
}

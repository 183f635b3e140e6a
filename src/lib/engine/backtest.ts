/** The synchronous driver: walks a source of blocks as fast as it can, with a simulated venue in the same thread. */
import { createSimulatedVenue, type SimulatedVenue } from '../execution/index.ts';
import { type Block, type BlockSource, type CorporateAction, instantEnd, timeAt } from '../model/index.ts';
import type { ArtifactSet, ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import type { RunConfig } from './config.ts';
import { createEngine, type Engine } from './engine.ts';
import { InstantCursor } from './instants.ts';
import type { EngineResult } from './result.ts';

export type BacktestOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  /** What the strategy reads, by reference. */
  readonly artifacts?: ArtifactSet;
  readonly source: BlockSource;
  readonly config: RunConfig;
  /** Finer bars of the same instruments in the same order: orders are matched against them instead of the source's bars. */
  readonly detail?: BlockSource;
  /** Splits and dividends that positions meet, in time order. */
  readonly actions?: readonly CorporateAction[];
};

/** How far a run is: bars done of those in the source, and the time of the market it has reached. */
export type BacktestProgress = { readonly done: number; readonly total: number; readonly time: number };

/** Runs a strategy over a source. Same source, strategy, parameters and configuration: same result, to the byte. */
export function runBacktest(options: BacktestOptions): EngineResult {
  const steps = backtestSteps(options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/**
 * The same run, pausing after each block, so that a caller can show progress or give way to other work.
 * Passing a reason to `next` ends the run there; the result says so in `ended`.
 */
export function* backtestSteps(
  options: BacktestOptions,
): Generator<BacktestProgress, EngineResult, string | undefined> {
  const { strategy, params, artifacts = {}, source, config } = options;
  const expected = Math.ceil(source.rows / Math.max(1, source.instruments.length));
  const engine = createEngine({ strategy, params, artifacts, instruments: source.instruments, config, expected });
  const venue = venueFor(source, config, options.detail);
  const detail = options.detail === undefined ? undefined : new InstantCursor(options.detail);
  const actions = new ActionWalk(options.actions ?? [], venue, engine);
  let done = 0;
  for (const block of source.blocks()) {
    engine.load(block);
    walkBlock(block, engine, venue, detail, actions);
    if (engine.stopped) break;
    done += block.rows;
    const reason = yield { done, total: source.rows, time: timeAt(block, block.rows - 1) };
    if (reason !== undefined) {
      engine.interrupt(reason);
      break;
    }
  }
  return engine.finish(venue.ambiguousBars);
}

/** Rows looked at together where nothing happens: about as many as went by since something last did. */
const FEW = 64;
const MANY = 1024;

/** One bar from file to fill: the venue matches, the engine hears of it, marks, decides, and its orders go to the venue. */
function walkBlock(
  block: Block,
  engine: Engine,
  venue: SimulatedVenue,
  detail: InstantCursor | undefined,
  actions: ActionWalk,
): void {
  let reach = FEW;
  let quietRows = 0;
  for (let from = 0; from < block.rows; ) {
    if (actions.waiting) {
      actions.until(block.time[block.order[from]!]!);
      // A dividend is paid before the bar it comes with is valued.
      exchange(engine, venue);
    }
    const whole = detail === undefined && !actions.waiting;
    const quiet = whole ? venue.quietUntil(block, from, reach) : from;
    let to = quiet;
    if (quiet > from) {
      to = engine.live(from, quiet);
      venue.pass(block, from, to);
      quietRows += to - from;
      reach = Math.min(Math.max(2 * quietRows, FEW), MANY);
    } else {
      to = instantEnd(block, from);
      if (detail === undefined) match(engine, venue, block, from, to);
      else
        for (const until = timeAt(block, from); detail.at <= until; detail.advance())
          match(engine, venue, detail.block, detail.from, detail.to);
      engine.live(from, to);
    }
    if (engine.waiting) {
      reach = Math.min(Math.max(quietRows, FEW), MANY);
      quietRows = 0;
      exchange(engine, venue);
    }
    while (venue.settle()) exchange(engine, venue);
    if (engine.stopped) return;
    from = to;
  }
}

/** The simulated venue of a run: it matches the finest bars there are. */
export function venueFor(source: BlockSource, config: RunConfig, detail?: BlockSource): SimulatedVenue {
  const { instruments, timeframe, closeOnly } = detail ?? source;
  return createSimulatedVenue({
    instruments,
    timeframe,
    closeOnly,
    execution: config.execution,
    account: config.account,
  });
}

function match(engine: Engine, venue: SimulatedVenue, block: Block, from: number, to: number): void {
  if (!venue.begin(block, from, to)) return;
  exchange(engine, venue);
  while (venue.advance()) exchange(engine, venue);
}

/** Carries commands down and reports up until both sides are quiet; the engine answers each report before it hears the next. */
function exchange(engine: Engine, venue: SimulatedVenue): void {
  send(engine, venue);
  for (let report = venue.next(); report !== undefined; report = venue.next()) {
    engine.report(report);
    send(engine, venue);
  }
}

function send(engine: Engine, venue: SimulatedVenue): void {
  for (let command = engine.next(); command !== undefined; command = engine.next()) venue.accept(command);
}

/** Hands corporate actions to venue and engine before the first bar that opens at or after them. */
export class ActionWalk {
  waiting: boolean;
  private readonly actions: readonly CorporateAction[];
  private readonly venue: SimulatedVenue;
  private readonly engine: Pick<Engine, 'corporateAction'>;
  private next = 0;

  constructor(actions: readonly CorporateAction[], venue: SimulatedVenue, engine: Pick<Engine, 'corporateAction'>) {
    this.actions = [...actions].sort((a, b) => a.time - b.time);
    this.venue = venue;
    this.engine = engine;
    this.waiting = actions.length > 0;
  }

  until(open: number): void {
    for (; this.next < this.actions.length && this.actions[this.next]!.time <= open; this.next++) {
      const action = this.actions[this.next]!;
      this.venue.corporateAction(action);
      this.engine.corporateAction(action);
    }
    this.waiting = this.next < this.actions.length;
  }
}

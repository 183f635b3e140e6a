/** Sets of several instruments whose targets order only when they change: changes are found first, and only they and what they order are met by the engine's parts. */
import { Agenda } from './agenda.ts';
import { createCalendar } from './decisions.ts';
import { attempt } from './event-sweep.ts';
import { PortfolioPass } from './portfolio-pass.ts';
import type { SignalColumns } from './signal-columns.ts';
import { createStretchMaker, type Stretch } from './stretch.ts';
import { TargetChanges } from './target-changes.ts';
import type { Group, Prepared, VectorSweepOptions, WalkTerms } from './vector-options.ts';
import { type WorstPrices, worstPricesOf } from './worst-prices.ts';

/** True when nothing but a change of an instrument's own target makes an order. */
export function isSparse(options: VectorSweepOptions): boolean {
  return ordersOnChange(options) && options.strategy.allocation !== 'normalised';
}

/** Targets order when they change, by sizing that reads nothing but them. */
export function ordersOnChange({ strategy, config }: VectorSweepOptions): boolean {
  const { kind } = config.sizing;
  return (
    (strategy.rebalance ?? 'change') === 'change' &&
    strategy.universe === undefined &&
    (kind === 'weight' || kind === 'fixed')
  );
}

/**
 * The pass of each set over the whole market, undefined for those that have to be asked at every instant; a set that threw
 * is among the failures.
 */
export function walkChanges(
  options: VectorSweepOptions,
  { sets, signals }: Group,
  terms: WalkTerms,
): readonly (PortfolioPass | undefined)[] {
  const { strategy, source, config } = options;
  const { instruments } = source;
  const walker = new Walker(options, sets, terms);
  const shared = signals.columns(instruments);
  const stretches = createStretchMaker(instruments.length, options.periods.priced);
  const calendar = createCalendar('change', config.start);
  const changes = new TargetChanges({ strategy, instruments, sets, start: config.start });
  for (const block of source.blocks()) {
    const stretch = stretches.next(block);
    shared.advance(stretch, calendar.mark(stretch));
    changes.find(stretch, shared);
    walker.advance(stretch, changes, shared);
  }
  return walker.passes.map((pass, s) => (changes.left[s] === 1 || pass.unsized ? undefined : pass));
}

class Walker {
  readonly passes: readonly PortfolioPass[];
  private readonly sets: readonly Prepared[];
  private readonly failures: WalkTerms['failures'];
  private readonly agenda = new Agenda();
  private readonly worst: WorstPrices | undefined;

  constructor(options: VectorSweepOptions, sets: readonly Prepared[], { failures, detailed }: WalkTerms) {
    const { strategy, source, config, periods } = options;
    const expected = periods.instants.length;
    this.sets = sets;
    this.failures = failures;
    this.worst = worstPricesOf(options);
    this.passes = sets.map(
      ({ params, signals: { names } }) =>
        new PortfolioPass({ strategy, params, source, config, names, expected, detailed }),
    );
  }

  advance(stretch: Stretch, { lists, left }: TargetChanges, shared: SignalColumns): void {
    const { agenda, worst, failures } = this;
    agenda.enter(stretch);
    worst?.enter(stretch);
    this.passes.forEach((pass, s) => {
      const { place, signals } = this.sets[s]!;
      if (left[s] === 1 || !pass.sound || pass.unsized || failures.has(place)) return;
      agenda.plan(lists[s]!);
      attempt(place, failures, () => pass.advanceTo(stretch, { agenda, worst, columns: shared.columns(signals) }));
    });
  }
}

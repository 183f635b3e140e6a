/** Sets that decide by a calendar on values that are found at single instants: between these the market is looked at only where something is held or waits. */
import { blockColumns, readsSparsely } from '../engine/index.ts';
import { createCalendar } from './decisions.ts';
import { attempt } from './event-sweep.ts';
import type { Decision, PortfolioPass } from './portfolio-pass.ts';
import { createStretchMaker, type Stretch } from './stretch.ts';
import type { Group, VectorSweepOptions, WalkTerms } from './vector-options.ts';
import { worstPricesOf } from './worst-prices.ts';

/** Values of a signal that are found together; sets then take turns at their instants. */
const VALUES_AT_ONCE = 65_536;

/** False where it cannot: some signal needs its past, or the market does not lie in memory whole and without gaps. */
export function walkDecisions(
  options: VectorSweepOptions,
  { sets, signals }: Group,
  passes: readonly PortfolioPass[],
  failures: WalkTerms['failures'],
): boolean {
  const { strategy, source, config, periods } = options;
  const { between, times, instruments } = source;
  if (between === undefined || times === undefined || !periods.priced || !readsSparsely(strategy)) return false;
  const block = between(0, times.length);
  const stretch = createStretchMaker(instruments.length, true).next(block);
  const decided = createCalendar(strategy.rebalance ?? 'change', config.start).mark(stretch);
  const instants = placesOf(decided, stretch.instants);
  const atOnce = Math.min(instants.length, Math.max(1, Math.floor(VALUES_AT_ONCE / instruments.length)));
  const found = signals.instants({ bars: block.whole!.bars, complete: ['close'], most: atOnce });
  if (found === undefined) return false;
  const alone = createStretchMaker(instruments.length, true);
  const worst = worstPricesOf(options);
  worst?.enter(stretch);
  for (const pass of passes) pass.enter(stretch, worst);
  for (let from = 0; from < instants.length; from += atOnce) {
    const some = instants.subarray(from, from + atOnce);
    for (const values of found) values.find(some);
    const sights = Array.from(some, (t) => alone.next(between(t, t + 1)));
    passes.forEach((pass, s) => {
      const { place, signals: places } = sets[s]!;
      const values = found[places.owner]!;
      const columns = places.places.map((k) => values.columns[k]!);
      attempt(place, failures, () => {
        for (let k = 0; k < some.length && pass.sound && !failures.has(place); k++)
          pass.decide(stretch, some[k]!, sightOf(sights[k]!, columns, values.member, k));
      });
    });
  }
  passes.forEach((pass, s) => {
    const { place } = sets[s]!;
    if (!failures.has(place)) attempt(place, failures, () => pass.leave(stretch));
  });
  return true;
}

/** The instants that are marked. */
function placesOf(marks: Uint8Array, count: number): Int32Array {
  const places = new Int32Array(count);
  let found = 0;
  for (let t = 0; t < count; t++) if (marks[t] === 1) places[found++] = t;
  return places.subarray(0, found);
}

/** The k-th of the instants whose values were found together. */
function sightOf(stretch: Stretch, columns: readonly Float64Array[], member: Uint8Array, k: number): Decision {
  const { rows } = stretch.block;
  const [from, to] = [k * rows, (k + 1) * rows];
  const signals = columns.map((column) => column.subarray(from, to));
  return { stretch, instant: 0, columns: blockColumns(stretch.block, signals), member: member.subarray(from, to) };
}

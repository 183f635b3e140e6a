/** The inner loop of the average true range: the larger and smaller of two prices without a branch, for two rows at once. */
import { advance, type Code, f64, f64x2, get, i32, type Local, loop, routine, set } from '../simd/assembler.ts';
import { compiled } from '../simd/workspace.ts';

/**
 * averages(high, low, close, output, end, value, close before, keep, keep^2, keep^3, keep^4, weight, weight keep): rows from
 * these addresses to `end` of the highs, four a turn as the step in atr.ts makes them. Returns 0, or
 * NaN where a high or low is missing; of a close before that is missing the last value is none.
 */
export const averageLanes = compiled(() => ({
  averages: routine(
    'averages',
    ({ parameter, local }) => {
      const [high, low, close] = [parameter('i32'), parameter('i32'), parameter('i32')];
      const [output, end] = [parameter('i32'), parameter('i32')];
      const [valueOne, beforeOne] = [parameter('f64'), parameter('f64')];
      const keeps = [parameter('f64'), parameter('f64'), parameter('f64'), parameter('f64')] as const;
      const [weightOne, weightKept] = [parameter('f64'), parameter('f64')];
      const pairs = (): Local => local('f64x2');
      const [value, before, weight, cross] = [pairs(), pairs(), pairs(), pairs()];
      const [keepFirst, keepSecond, keepAll] = [pairs(), pairs(), pairs()];
      const [gap, h, l, c, range] = [pairs(), pairs(), pairs(), pairs(), pairs()];
      const [first, second] = [pairs(), pairs()];
      const pair = (a: Local, b: Local): Code => f64x2.firsts(f64x2.both(get(a)), f64x2.both(get(b)));
      const last = (of: Local): Code => f64x2.seconds(get(of), get(of));
      /** Sets the weighted sums of two rows: of the first alone, and of both. */
      const weigh = (sums: Local, offset: number): Code => [
        ...[...set(h, f64x2.load(get(high), offset)), ...set(l, f64x2.load(get(low), offset))],
        ...set(c, f64x2.load(get(close), offset)),
        // The closes before both rows.
        ...set(before, f64x2.inner(get(before), get(c))),
        // Of two equal ones the close before is taken as the smaller, so that a missing one is seen; which zero it is no sum shows.
        ...set(range, f64x2.sub(f64x2.larger(get(h), get(before)), f64x2.smaller(get(before), get(l)))),
        ...set(before, get(c)),
        // The range shows a close before that is missing or infinite, not a low that is missing or a price infinite on its far side.
        ...set(gap, f64x2.add(get(gap), f64x2.add(get(h), get(l)))),
        ...set(
          sums,
          f64x2.add(f64x2.mul(f64x2.firsts(f64x2.zero, get(range)), get(cross)), f64x2.mul(get(range), get(weight))),
        ),
      ];
      const turn = [
        ...weigh(first, 0),
        ...weigh(second, 16),
        ...f64x2.store(get(output), f64x2.add(f64x2.mul(get(value), get(keepFirst)), get(first))),
        // In the third and fourth row the first two count too.
        ...set(second, f64x2.add(f64x2.mul(last(first), get(keepFirst)), get(second))),
        ...f64x2.store(get(output), f64x2.add(f64x2.mul(get(value), get(keepSecond)), get(second)), 16),
        // The next four wait for this alone: the last of the results, in both lanes.
        ...set(value, f64x2.add(f64x2.mul(get(value), get(keepAll)), last(second))),
      ];
      return [
        ...[...set(value, f64x2.both(get(valueOne))), ...set(before, f64x2.both(get(beforeOne)))],
        ...[...set(keepFirst, pair(keeps[0], keeps[1])), ...set(keepSecond, pair(keeps[2], keeps[3]))],
        ...set(keepAll, f64x2.both(get(keeps[3]))),
        ...[...set(weight, f64x2.both(get(weightOne))), ...set(cross, f64x2.both(get(weightKept)))],
        ...loop(
          i32.less(get(high), get(end)),
          turn,
          ...[high, low, close, output].map((address) => advance(address, 32)),
        ),
        ...set(gap, f64x2.sub(get(gap), get(gap))),
        ...f64.add(f64x2.lane(get(gap), 0), f64x2.lane(get(gap), 1)),
      ];
    },
    'f64',
  ),
}));

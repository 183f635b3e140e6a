/** The inner loop of the average true range: the larger and smaller of two prices without a branch, for two rows at once. */
import { advance, type Code, f64, f64x2, get, i32, loop, routine, set } from '../simd/assembler.ts';
import { compiled } from '../simd/workspace.ts';

/**
 * averages(high, low, close, output, end, value, close before, keep, keep^2, weight, weight keep): rows from these addresses
 * to `end` of the highs, in pairs as the step in atr.ts makes them; two pairs a turn. Returns 0, or NaN where a row is missing.
 */
export const averageLanes = compiled(() => ({
  averages: routine(
    'averages',
    ({ parameter, local }) => {
      const [high, low, close] = [parameter('i32'), parameter('i32'), parameter('i32')];
      const [output, end] = [parameter('i32'), parameter('i32')];
      const [valueOne, beforeOne] = [parameter('f64'), parameter('f64')];
      const [keep, keepTwice, weightOne, weightKept] = [
        ...[parameter('f64'), parameter('f64')],
        ...[parameter('f64'), parameter('f64')],
      ] as const;
      const [value, before, kept, weight, cross] = [
        ...[local('f64x2'), local('f64x2'), local('f64x2')],
        ...[local('f64x2'), local('f64x2')],
      ] as const;
      const keptTwice = local('f64x2');
      const [gap, h, l, c, range, added] = [
        ...[local('f64x2'), local('f64x2'), local('f64x2')],
        ...[local('f64x2'), local('f64x2'), local('f64x2')],
      ] as const;
      const pair = (first: Code, second: Code): Code => f64x2.firsts(f64x2.both(first), f64x2.both(second));
      const turn = (offset: number): Code => [
        ...[...set(h, f64x2.load(get(high), offset)), ...set(l, f64x2.load(get(low), offset))],
        ...set(c, f64x2.load(get(close), offset)),
        // The closes before both rows.
        ...set(before, f64x2.inner(get(before), get(c))),
        ...set(range, f64x2.sub(f64x2.larger(get(before), get(h)), f64x2.smaller(get(before), get(l)))),
        ...set(before, get(c)),
        // A maximum hides what is missing; a sum keeps it.
        ...set(gap, f64x2.add(get(gap), f64x2.add(f64x2.add(get(h), get(l)), get(c)))),
        // In the second row the range of the first counts too.
        ...set(
          added,
          f64x2.add(f64x2.mul(f64x2.firsts(f64x2.zero, get(range)), get(cross)), f64x2.mul(get(range), get(weight))),
        ),
        ...f64x2.store(get(output), f64x2.add(f64x2.mul(get(value), get(kept)), get(added)), offset),
        // The next pair waits for this alone: the second of the two results, in both lanes.
        ...set(value, f64x2.add(f64x2.mul(get(value), get(keptTwice)), f64x2.seconds(get(added), get(added)))),
      ];
      return [
        ...[...set(value, f64x2.both(get(valueOne))), ...set(before, f64x2.both(get(beforeOne)))],
        ...[...set(kept, pair(get(keep), get(keepTwice))), ...set(keptTwice, f64x2.both(get(keepTwice)))],
        ...[...set(weight, f64x2.both(get(weightOne))), ...set(cross, f64x2.both(get(weightKept)))],
        ...loop(
          i32.less(get(high), get(end)),
          turn(0),
          turn(16),
          ...[high, low, close, output].map((address) => advance(address, 32)),
        ),
        ...set(gap, f64x2.sub(get(gap), get(gap))),
        ...f64.add(f64x2.lane(get(gap), 0), f64x2.lane(get(gap), 1)),
      ];
    },
    'f64',
  ),
}));

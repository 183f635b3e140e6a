/** The inner loop of the largest and smallest values of a window: JavaScript has no maximum without a branch, and on prices that branch is mispredicted every few rows. */
import { type Code, f64, f64x2, get, type Routine, set } from '../simd/assembler.ts';
import { blockRoutine } from '../simd/blocks.ts';
import { compiled } from '../simd/workspace.ts';

/** `better(a, b)` keeps a where it is missing: the tail of windows that are not full stays so. */
const extremes = (name: string, better: (a: Code, b: Code) => Code, worst: number): Routine =>
  blockRoutine(
    name,
    ({ local }, _, last) => {
      const [head, best, sum] = [local('f64x2'), local('f64x2'), local('f64x2')];
      /** -0 becomes 0: of the two, which one is the larger would depend on the order. */
      const plain = (x: Code): Code => f64x2.add(x, f64x2.zero);
      return {
        setup: [],
        slots: 1,
        startBack: [...set(best, plain(get(last))), ...set(sum, get(last))],
        back: (rows, tails) => [
          ...set(sum, f64x2.add(get(sum), rows.map(get).reduce(f64x2.add))),
          ...rows.flatMap((x, k) => [
            ...set(best, better(get(best), plain(get(x)))),
            ...f64x2.store(tails[k]!, get(best)),
          ]),
        ],
        // A maximum does not show what is missing.
        trace: get(sum),
        whole: get(best),
        startForward: set(head, f64x2.both(f64.constant(worst))),
        forward: (rows, tails, results) =>
          rows.flatMap((x, k) => [
            ...set(head, better(get(head), plain(get(x)))),
            ...set(results[k]!, better(f64x2.load(tails[k]!), get(head))),
          ]),
      };
    },
    0,
  );

export const extremeLanes = compiled(() => ({
  largest: extremes('largest', f64x2.larger, Number.NEGATIVE_INFINITY),
  smallest: extremes('smallest', f64x2.smaller, Number.POSITIVE_INFINITY),
}));

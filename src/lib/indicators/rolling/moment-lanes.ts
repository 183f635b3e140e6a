/** The inner loop of rolling variance and standard deviation, as the step in moments.ts makes them. */
import { type Code, f64x2, get, type Routine, set } from '../simd/assembler.ts';
import { blockRoutine } from '../simd/blocks.ts';
import { compiled } from '../simd/workspace.ts';

/** Constants: 1 / n and 1 / (n - ddof). */
const spreads = (name: string, finish: (variance: Code) => Code): Routine =>
  blockRoutine(
    name,
    ({ local }, constants, last) => {
      const [share, weight, pivot, d] = [local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2')];
      const [sum, squares, head, headSquares] = [local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2')];
      const all = local('f64x2');
      const take = (x: Code, from: Code, into: typeof sum, intoSquares: typeof sum): Code => [
        ...set(d, f64x2.sub(x, from)),
        ...set(into, f64x2.add(get(into), get(d))),
        ...set(intoSquares, f64x2.add(get(intoSquares), f64x2.mul(get(d), get(d)))),
      ];
      /** (squares - sum^2 / n) / (n - ddof), not below zero; sums may be missing. */
      const spread = (s: Code, q: Code): Code =>
        finish(f64x2.larger(f64x2.mul(f64x2.sub(q, f64x2.mul(f64x2.mul(s, s), get(share))), get(weight)), f64x2.zero));
      return {
        setup: [...set(share, f64x2.both(get(constants[0]!))), ...set(weight, f64x2.both(get(constants[1]!)))],
        slots: 2,
        startBack: [...set(sum, f64x2.zero), ...set(squares, f64x2.zero)],
        back: (rows, tails) =>
          rows.flatMap((x, k) => [
            ...take(get(x), get(last), sum, squares),
            ...f64x2.store(tails[k]!, get(sum)),
            ...f64x2.store(tails[k]!, get(squares), 16),
          ]),
        trace: get(sum),
        whole: spread(get(sum), get(squares)),
        startForward: [...set(pivot, get(last)), ...set(head, f64x2.zero), ...set(headSquares, f64x2.zero)],
        forward: (rows, tails, results) =>
          rows.flatMap((x, k) => [
            ...take(get(x), get(pivot), head, headSquares),
            ...set(all, f64x2.add(f64x2.load(tails[k]!), get(head))),
            ...set(results[k]!, spread(get(all), f64x2.add(f64x2.load(tails[k]!, 16), get(headSquares)))),
          ]),
      };
    },
    2,
  );

export const momentLanes = compiled(() => ({
  variances: spreads('variances', (variance) => variance),
  deviations: spreads('deviations', f64x2.sqrt),
}));

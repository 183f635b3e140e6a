/** The inner loops of the simple moving average. */
import { advance, type Code, f64x2, get, i32, loop, routine, set } from '../simd/assembler.ts';
import { blockRoutine } from '../simd/blocks.ts';
import { addressOf, compiled, OUTPUT } from '../simd/workspace.ts';

const OUT = addressOf(OUTPUT) - addressOf(0);

/** Means over blocks, as the step in sma.ts makes them: distances from the last row of the block before, added by pairs. Constants: 1 / n. */
export const meanLanes = compiled(() => ({
  means: blockRoutine(
    'means',
    ({ local }, [shareOne], last) => {
      const [share, pivot, head, a, b, sum] = [
        ...[local('f64x2'), local('f64x2'), local('f64x2')],
        ...[local('f64x2'), local('f64x2'), local('f64x2')],
      ] as const;
      const mean = (s: Code): Code => f64x2.add(get(pivot!), f64x2.mul(s, get(share!)));
      return {
        setup: set(share!, f64x2.both(get(shareOne!))),
        slots: 1,
        startBack: set(sum!, f64x2.zero),
        back: ([x, y], [later, earlier]) => {
          const first = set(a!, f64x2.sub(get(x!), get(last)));
          if (y === undefined)
            return [...first, ...set(sum!, f64x2.add(get(sum!), get(a!))), ...f64x2.store(later!, get(sum!))];
          return [
            ...first,
            ...set(b!, f64x2.sub(get(y), get(last))),
            ...f64x2.store(later!, f64x2.add(get(sum!), get(a!))),
            ...set(sum!, f64x2.add(get(sum!), f64x2.add(get(a!), get(b!)))),
            ...f64x2.store(earlier!, get(sum!)),
          ];
        },
        trace: get(sum!),
        whole: f64x2.add(get(last), f64x2.mul(get(sum!), get(share!))),
        startForward: [...set(pivot!, get(last)), ...set(head!, f64x2.zero)],
        forward: ([x, y], [tail, next], [result, then]) => {
          const first = [
            ...set(a!, f64x2.sub(get(x!), get(pivot!))),
            ...set(result!, mean(f64x2.add(f64x2.load(tail!), f64x2.add(get(head!), get(a!))))),
          ];
          if (y === undefined) return first;
          return [
            ...first,
            ...set(b!, f64x2.sub(get(y), get(pivot!))),
            ...set(head!, f64x2.add(get(head!), f64x2.add(get(a!), get(b!)))),
            ...set(then!, mean(f64x2.add(f64x2.load(next!), get(head!)))),
          ];
        },
      };
    },
    1,
  ),
}));

/** means(start, end, share) of windows of n values, each row from its own and the n - 1 before it; two pairs of rows a turn. */
const fewMeans = (n: number) =>
  compiled(() => ({
    means: routine('means', ({ parameter, local }) => {
      const [at, end, shareOne] = [parameter('i32'), parameter('i32'), parameter('f64')];
      const share = local('f64x2');
      const pairs = [0, 1].map((k) => ({ offset: 16 * k, x: local('f64x2'), sum: local('f64x2') }));
      const older = Array.from({ length: n - 1 }, (_, k) => 8 * (k + 1));
      const address = (back: number): Code => i32.sub(get(at), i32.constant(back));
      return [
        ...set(share, f64x2.both(get(shareOne))),
        ...loop(
          i32.less(get(at), get(end)),
          ...pairs.flatMap(({ offset, x, sum }) => [
            set(x, f64x2.load(get(at), offset)),
            set(sum, f64x2.zero),
            ...older.map((back) => set(sum, f64x2.add(get(sum), f64x2.sub(f64x2.load(address(back), offset), get(x))))),
            f64x2.store(get(at), f64x2.add(get(x), f64x2.mul(get(sum), get(share))), OUT + offset),
          ]),
          advance(at, 32),
        ),
      ];
    }),
  }));

/** By length of the window, 1 to 8. */
export const fewLanes = Array.from({ length: 9 }, (_, n) => fewMeans(n));

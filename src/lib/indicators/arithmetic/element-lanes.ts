/** Element-wise arithmetic on stretches of rows, two at a time. */
import type { StateScan } from '../kernel.ts';
import {
  advance,
  type Code,
  f64,
  f64x2,
  get,
  i32,
  type Local,
  loop,
  type Routine,
  routine,
  set,
} from '../simd/assembler.ts';
import { SHORT } from '../simd/stretch.ts';
import { addressOf, compiled, OUTPUT, ROWS, workspace } from '../simd/workspace.ts';

const OUT = addressOf(OUTPUT) - addressOf(0);

/** routine(at, end, factor): a missing input shows in the result, which is NaN then. */
function rowwise(name: string, result: (inputs: readonly Code[], factor: Local) => Code): Routine {
  return routine(name, ({ parameter, local }) => {
    const [at, end, factorOne] = [parameter('i32'), parameter('i32'), parameter('f64')];
    const factor = local('f64x2');
    const turns = [0, 16].map((offset) => ({ offset, y: local('f64x2') }));
    return [
      ...set(factor, f64x2.both(get(factorOne))),
      ...loop(
        i32.less(get(at), get(end)),
        ...turns.flatMap(({ offset, y }) => {
          const inputs = ([0, 1, 2] as const).map((k) => f64x2.load(get(at), addressOf(k) - addressOf(0) + offset));
          return [
            set(y, result(inputs, factor)),
            f64x2.store(get(at), f64x2.add(get(y), f64x2.sub(get(y), get(y))), OUT + offset),
          ];
        }),
        advance(at, 32),
      ),
    ];
  });
}

const lanes = compiled(() => ({
  add: rowwise('add', ([a, b]) => f64x2.add(a!, b!)),
  sub: rowwise('sub', ([a, b]) => f64x2.sub(a!, b!)),
  mul: rowwise('mul', ([a, b]) => f64x2.mul(a!, b!)),
  addScaled: rowwise('addScaled', ([a, b], factor) => f64x2.add(a!, f64x2.mul(get(factor), b!))),
  /** `factor` times the way from low to high; half of it where there is no range. */
  place: rowwise('place', ([x, low, high], factor) => {
    const range = f64x2.sub(high!, low!);
    const way = f64x2.div(f64x2.mul(get(factor), f64x2.sub(x!, low!)), range);
    const middle = f64x2.add(f64x2.mul(get(factor), f64x2.both(f64.constant(0.5))), f64x2.sub(x!, x!));
    return f64x2.add(f64x2.select(middle, way, f64x2.equal(range, f64x2.zero)), f64x2.sub(range, range));
  }),
}));

/** A scan of a kernel without state by a routine of two or three columns; a few rows are left to `stepped`. */
export function elementScan<S>(
  name: 'add' | 'sub' | 'mul' | 'addScaled' | 'place',
  arity: 2 | 3,
  stepped: StateScan<S>,
  factorOf: (state: S) => number = () => 0,
): StateScan<S> {
  return (state, inputs, output, from, to) => {
    if (to - from < SHORT) {
      stepped(state, inputs, output, from, to);
      return;
    }
    const { columns, whole } = workspace();
    const run = lanes()[name];
    const factor = factorOf(state);
    for (let start = from; start < to; ) {
      const end = Math.min(to, start + ROWS);
      const rows = end - start;
      for (let k = 0; k < arity; k++) {
        const input = inputs[k]!;
        columns[k]!.set(rows === input.length ? input : input.subarray(start, end));
      }
      run(addressOf(0), addressOf(0, rows), factor);
      output.set(rows === ROWS ? whole : whole.subarray(0, rows), start);
      start = end;
    }
  };
}

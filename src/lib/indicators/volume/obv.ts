/** On-balance volume. */
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';
import { advance, f64x2, get, i32, loop, routine, set } from '../simd/assembler.ts';
import { isComplete, stretchScan } from '../simd/stretch.ts';
import { addressOf, compiled, OUTPUT, SCRATCH, workspace } from '../simd/workspace.ts';

/** Rows whose volumes are added up among themselves first: the running sum then waits for itself once in so many. */
const GROUP = 8;

type Balance = {
  close: number;
  /** The value at the end of the last whole group. */
  base: number;
  /** Rows of the group so far, their signed volumes, and the sum of those. */
  phase: number;
  readonly rows: Float64Array;
  since: number;
};

function take(s: Balance, signed: number): number {
  s.rows[s.phase] = signed;
  s.since += signed;
  const value = s.base + s.since;
  if (++s.phase === GROUP) {
    s.phase = 0;
    s.base = value;
    s.since = 0;
  }
  return value;
}

function step(s: Balance, close: number, volume: number): number {
  const { close: before } = s;
  s.close = close;
  return take(s, before === before ? (close > before ? volume : 0) - (close < before ? volume : 0) : volume);
}

const stepped = stepLoop(step, 2);

const VOLUME = addressOf(1) - addressOf(0);
const SIGNED = addressOf(SCRATCH) - addressOf(0);

const lanes = compiled(() => ({
  /** sign(at, end): volumes with the sign of the change from the close before, which is in memory. */
  sign: routine('sign', ({ parameter, local }) => {
    const [at, end] = [parameter('i32'), parameter('i32')];
    const turns = [0, 16].map((offset) => ({ offset, before: local('f64x2'), close: local('f64x2') }));
    const when = (condition: readonly number[], offset: number): readonly number[] =>
      f64x2.and(condition, f64x2.load(get(at), VOLUME + offset));
    return loop(
      i32.less(get(at), get(end)),
      ...turns.flatMap(({ offset, before, close }) => [
        set(before, f64x2.load(i32.sub(get(at), i32.constant(8)), offset)),
        set(close, f64x2.load(get(at), offset)),
        f64x2.store(
          get(at),
          f64x2.sub(
            when(f64x2.less(get(before), get(close)), offset),
            when(f64x2.less(get(close), get(before)), offset),
          ),
          SIGNED + offset,
        ),
      ]),
      advance(at, 32),
    );
  }),
  /** sum(from, to, end, base): groups from the address `from` up to `end`, two at a time, one in each lane. */
  sum: routine('sum', ({ parameter, local }) => {
    const [at, to, end, baseOne] = [parameter('i32'), parameter('i32'), parameter('i32'), parameter('f64')];
    const [base, a, b] = [local('f64x2'), local('f64x2'), local('f64x2')];
    const sums = Array.from({ length: GROUP }, () => local('f64x2'));
    const places = Array.from({ length: GROUP }, (_, j) => j);
    const total = get(sums[GROUP - 1]!);
    const pairs = [0, 2, 4, 6].map((j) => ({ j, first: 8 * j, second: 8 * (j + GROUP) }));
    return [
      ...set(base, f64x2.both(get(baseOne))),
      ...loop(
        i32.less(get(at), get(end)),
        ...pairs.flatMap(({ j, first, second }) => [
          set(a, f64x2.load(get(at), first)),
          set(b, f64x2.load(get(at), second)),
          set(sums[j]!, f64x2.firsts(get(a), get(b))),
          set(sums[j + 1]!, f64x2.seconds(get(a), get(b))),
        ]),
        set(sums[0]!, f64x2.add(f64x2.zero, get(sums[0]!))),
        ...places.slice(1).map((j) => set(sums[j]!, f64x2.add(get(sums[j - 1]!), get(sums[j]!)))),
        // The second group starts from where the first ends.
        set(a, f64x2.add(get(base), total)),
        set(base, f64x2.mixed(get(base), f64x2.firsts(get(a), get(a)))),
        ...places.map((j) => set(sums[j]!, f64x2.add(get(base), get(sums[j]!)))),
        set(base, f64x2.seconds(total, total)),
        ...pairs.flatMap(({ j, first, second }) => [
          f64x2.store(get(to), f64x2.firsts(get(sums[j]!), get(sums[j + 1]!)), first),
          f64x2.store(get(to), f64x2.seconds(get(sums[j]!), get(sums[j + 1]!)), second),
        ]),
        advance(at, 16 * GROUP),
        advance(to, 16 * GROUP),
      ),
    ];
  }),
}));

function run(s: Balance, rows: number): boolean {
  if (!isComplete(0, rows) || !isComplete(1, rows)) return false;
  const { columns, doubles } = workspace();
  const { phase } = s;
  const first = addressOf(SCRATCH, -phase) / 8;
  doubles[addressOf(0) / 8 - 1] = s.close;
  lanes().sign(addressOf(0), addressOf(0, rows));
  for (let j = 0; j < phase; j++) doubles[first + j] = s.rows[j]!;
  lanes().sum(8 * first, addressOf(OUTPUT, -phase), addressOf(SCRATCH, rows), s.base);
  const begun = (rows + phase) % GROUP;
  const whole = rows - begun;
  if (whole > 0) s.base = columns[OUTPUT]![whole - 1]!;
  s.close = columns[0]![rows - 1]!;
  s.phase = 0;
  s.since = 0;
  for (let j = 0; j < begun; j++) take(s, doubles[addressOf(SCRATCH, whole + j) / 8]!);
  return true;
}

const balanceScan = stretchScan<Balance>(2, stepped, run);

/** Row by row until there is a close to compare with. */
function scan(s: Balance, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  let i = from;
  for (; s.close !== s.close && i < to; i++) stepped(s, inputs, output, i, i + 1);
  balanceScan(s, inputs, output, i, to);
}

const kernel = defineKernel<Balance>({
  name: 'obv',
  arity: 2,
  warmup: 0,
  recursive: true,
  init: () => ({ close: Number.NaN, base: 0, phase: 0, rows: new Float64Array(GROUP), since: 0 }),
  step,
  scan,
});

/**
 * On-balance volume (Granville 1963), in units of volume: volume is added on a higher close and taken off on a lower
 * one. It starts at the first bar's volume as in TA-Lib; only its changes have meaning.
 */
export const obv = (bars: BarExprs): Expr => apply(kernel, bars.close, bars.volume);

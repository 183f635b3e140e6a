/**
 * The recurrence e += (x - e) weight of exponential averages. It waits for its own result at every row; written for a group
 * of eight rows it waits once: with r the first row of the group, the j-th value is
 * (e - r) keep^(j + 1) + (r + t_j), where t_j = t_(j-1) keep + (x_j - r) weight does not depend on e.
 * Rows come in twos, with t_j made from the t before the two: t_j = t_(j-2) keep^2 + (x_(j-1) - r) weight keep + (x_j - r) weight.
 * On flat input all differences are 0, so that flat stays exactly flat.
 */
import { advance, f64x2, get, i32, loop, routine, set } from '../simd/assembler.ts';
import { addressOf, type Column, compiled, OUTPUT, workspace } from '../simd/workspace.ts';

const GROUP = 8;

export type Smoothed = {
  readonly weight: number;
  readonly keep: number;
  /** keep^(j + 1). */
  readonly powers: Float64Array;
  readonly period: number;
  /** Rows left to ignore, then rows left to average for the seed. */
  skip: number;
  left: number;
  sum: number;
  /** The value at the end of the last whole group. */
  base: number;
  /** Rows of the group so far, and which. */
  phase: number;
  readonly rows: Float64Array;
  /** e - r, t before the two, and the weighted distance of the first of the two. */
  gap: number;
  before: number;
  first: number;
};

/** State before the first row; the mean of `period` rows is the seed, after `skip` rows that are ignored. */
export function smoothed(weight: number, period: number, skip = 0): Smoothed {
  const keep = 1 - weight;
  const powers = new Float64Array(GROUP).fill(keep);
  for (let j = 1; j < GROUP; j++) powers[j] = powers[j - 1]! * keep;
  const rows = new Float64Array(GROUP);
  return {
    weight,
    keep,
    powers,
    period,
    skip,
    left: period,
    sum: 0,
    base: Number.NaN,
    phase: 0,
    rows,
    gap: 0,
    before: 0,
    first: 0,
  };
}

function seed(s: Smoothed, x: number): number {
  if (s.skip > 0) {
    s.skip--;
    return Number.NaN;
  }
  s.sum += x;
  if (--s.left > 0) return Number.NaN;
  s.base = s.sum / s.period;
  return s.base;
}

export function smooth(s: Smoothed, x: number): number {
  if (s.left > 0) return seed(s, x);
  const { rows, phase, keep, powers } = s;
  rows[phase] = x;
  const r = rows[0]!;
  if (phase === 0) {
    s.gap = s.base - r;
    s.before = 0;
  }
  const distance = (x - r) * s.weight;
  let t: number;
  if ((phase & 1) === 0) {
    s.first = distance;
    t = distance + s.before * keep;
  } else {
    t = distance + s.first * keep + s.before * powers[1]!;
    s.before = t;
  }
  const value = s.gap * powers[phase]! + (r + t);
  if (phase < GROUP - 1) s.phase = phase + 1;
  else {
    s.phase = 0;
    s.base = value;
  }
  return value;
}

/** smooth(from, to, end, base, weight, keep): whole groups from the address `from` up to `end`; results go to the address `to` on. */
const lanes = compiled(() => ({
  smooth: routine('smooth', ({ parameter, local }) => {
    const [at, to, end] = [parameter('i32'), parameter('i32'), parameter('i32')];
    const [baseOne, weightOne, keepOne] = [parameter('f64'), parameter('f64'), parameter('f64')];
    const [weight, base, r, second] = [local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2')];
    const pairs = [0, 1, 2, 3].map((k) => ({ k, power: local('f64x2'), t: local('f64x2') }));
    const keeps = pairs[0]!.power;
    return [
      ...set(weight, f64x2.both(get(weightOne))),
      ...set(base, f64x2.both(get(baseOne))),
      // keep, keep^2 | keep^3, keep^4 | …, each from the power before it; and 0, keep.
      ...set(r, f64x2.both(get(keepOne))),
      ...set(second, get(r)),
      ...pairs.flatMap(({ k, power }) => [
        ...(k === 0 ? [] : set(second, f64x2.mul(get(second), get(r)))),
        ...set(power, get(second)),
        ...set(second, f64x2.mul(get(second), get(r))),
        ...set(power, f64x2.mixed(get(power), get(second))),
      ]),
      ...set(second, f64x2.mixed(f64x2.zero, get(r))),
      ...loop(
        i32.less(get(at), get(end)),
        set(r, f64x2.loadBoth(get(at))),
        ...pairs.map(({ k, t }) => [
          ...set(t, f64x2.mul(f64x2.sub(f64x2.load(get(at), 16 * k), get(r)), get(weight))),
          ...set(t, f64x2.add(get(t), f64x2.mul(f64x2.firsts(get(t), get(t)), get(second)))),
        ]),
        ...pairs.slice(1).map(({ k, t }) => {
          const before = get(pairs[k - 1]!.t);
          return set(t, f64x2.add(get(t), f64x2.mul(f64x2.seconds(before, before), get(keeps))));
        }),
        ...pairs.map(({ t }) => set(t, f64x2.add(get(r), get(t)))),
        set(r, f64x2.sub(get(base), get(r))),
        ...pairs
          .toReversed()
          .flatMap(({ k, power, t }) => [
            set(t, f64x2.add(f64x2.mul(get(r), get(power)), get(t))),
            ...(k === 3 ? [set(base, f64x2.seconds(get(t), get(t)))] : []),
            f64x2.store(get(to), get(t), 16 * k),
          ]),
        advance(at, 8 * GROUP),
        advance(to, 8 * GROUP),
      ),
    ];
  }),
}));

/**
 * Smooths rows [0, rows) of a column of the workspace into its output, from the start of the group begun earlier on.
 * False, with nothing changed, where a row is missing: the recurrence carries it to the end.
 */
export function smoothRows(s: Smoothed, column: Column, rows: number): boolean {
  const { doubles, columns } = workspace();
  const xs = columns[column]!;
  const output = columns[OUTPUT]!;
  const { phase } = s;
  const first = addressOf(column, -phase);
  for (let j = 0; j < phase; j++) doubles[first / 8 + j] = s.rows[j]!;
  const begun = (rows + phase) % GROUP;
  const whole = rows - begun;
  lanes().smooth(first, addressOf(OUTPUT, -phase), addressOf(column, rows), s.base, s.weight, s.keep);
  const base = whole > 0 ? output[whole - 1]! : s.base;
  let end = base;
  for (let i = Math.max(0, whole); i < rows; i++) end += xs[i]!;
  if (end - end !== 0) return false;
  s.base = base;
  s.phase = 0;
  for (let j = 0; j < begun; j++) smooth(s, doubles[addressOf(column, whole + j) / 8]!);
  return true;
}

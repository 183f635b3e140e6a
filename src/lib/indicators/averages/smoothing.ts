/**
 * The recurrence e += (x - e) weight of exponential averages. It waits for its own result at every row; written for a group
 * of eight rows it waits once: with r the first row of the group, the j-th value is
 * (e - r) keep^(j + 1) + (r + t_j), where t_j = t_(j-1) keep + (x_j - r) weight does not depend on e.
 * On flat input both differences are 0, so that flat stays exactly flat.
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
  /** e - r, and t. */
  gap: number;
  since: number;
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
    since: 0,
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
  const { rows, phase } = s;
  rows[phase] = x;
  const r = rows[0]!;
  if (phase === 0) {
    s.gap = s.base - r;
    s.since = 0;
  } else s.since = s.since * s.keep + (x - r) * s.weight;
  const value = s.gap * s.powers[phase]! + (r + s.since);
  if (phase < GROUP - 1) s.phase = phase + 1;
  else {
    s.phase = 0;
    s.base = value;
  }
  return value;
}

/** smooth(from, to, end, base, weight, keep): groups from the address `from` up to `end`, two at a time, one in each lane; results go to the address `to` on. */
const lanes = compiled(() => ({
  smooth: routine('smooth', ({ parameter, local }) => {
    const [at, to, end] = [parameter('i32'), parameter('i32'), parameter('i32')];
    const [baseOne, weightOne, keepOne] = [parameter('f64'), parameter('f64'), parameter('f64')];
    const [weight, keep, base, r, t, gap] = [
      ...[local('f64x2'), local('f64x2'), local('f64x2')],
      ...[local('f64x2'), local('f64x2'), local('f64x2')],
    ] as const;
    const powers = Array.from({ length: GROUP }, () => local('f64x2'));
    const xs = Array.from({ length: GROUP }, () => local('f64x2'));
    const places = Array.from({ length: GROUP }, (_, j) => j);
    const last = GROUP - 1;
    const value = (j: number): readonly number[] => f64x2.add(f64x2.mul(get(gap!), get(powers[j]!)), get(xs[j]!));
    /** The first group's row j and the next, and those of the second group. */
    const pairs = [0, 2, 4, 6].map((j) => ({ j, first: 8 * j, second: 8 * (j + GROUP) }));
    return [
      ...set(weight!, f64x2.both(get(weightOne))),
      ...set(keep!, f64x2.both(get(keepOne))),
      ...set(base!, f64x2.both(get(baseOne))),
      ...set(powers[0]!, get(keep!)),
      ...places.slice(1).flatMap((j) => set(powers[j]!, f64x2.mul(get(powers[j - 1]!), get(keep!)))),
      ...loop(
        i32.less(get(at), get(end)),
        ...pairs.flatMap(({ j, first, second }) => [
          set(r!, f64x2.load(get(at), first)),
          set(t!, f64x2.load(get(at), second)),
          set(xs[j]!, f64x2.firsts(get(r!), get(t!))),
          set(xs[j + 1]!, f64x2.seconds(get(r!), get(t!))),
        ]),
        set(r!, get(xs[0]!)),
        set(t!, f64x2.zero),
        ...places.map((j) => {
          if (j === 0) return set(xs[0]!, f64x2.add(get(r!), get(t!)));
          const since = f64x2.mul(f64x2.sub(get(xs[j]!), get(r!)), get(weight!));
          return [
            ...set(t!, f64x2.add(f64x2.mul(get(t!), get(keep!)), since)),
            ...set(xs[j]!, f64x2.add(get(r!), get(t!))),
          ];
        }),
        // The second group starts from where the first ends.
        set(gap!, f64x2.sub(get(base!), get(r!))),
        set(base!, value(last)),
        set(base!, f64x2.firsts(get(base!), get(base!))),
        set(gap!, f64x2.mixed(get(gap!), f64x2.sub(get(base!), get(r!)))),
        ...places.map((j) => set(xs[j]!, value(j))),
        set(base!, f64x2.seconds(get(xs[last]!), get(xs[last]!))),
        ...pairs.flatMap(({ j, first, second }) => [
          f64x2.store(get(to), f64x2.firsts(get(xs[j]!), get(xs[j + 1]!)), first),
          f64x2.store(get(to), f64x2.seconds(get(xs[j]!), get(xs[j + 1]!)), second),
        ]),
        advance(at, 16 * GROUP),
        advance(to, 16 * GROUP),
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

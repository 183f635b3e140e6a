/** Kernels that look at a row and at the one n rows before it. */
import { defineKernel, type Kernel, type StateScan, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';

/** The value at a row from x there and n rows before. `old` is NaN where there was no such row, and has to give NaN. */
type Combine = (x: number, old: number) => number;

/** The last n values, the oldest at `at`; NaN before there were so many. */
type Ring = { readonly values: Float64Array; at: number };

/** Rows [from, to), the older value of row i at `olds[i + shift]`. Returns NaN when a row is missing. */
type Loop = (
  xs: Float64Array,
  output: Float64Array,
  from: number,
  to: number,
  olds: Float64Array,
  shift: number,
) => number;

export interface Past {
  kernel(name: string, n: number): Kernel;
}

let count = 0;

type Compiled = {
  readonly step: (s: Ring, x: number) => number;
  readonly scan: StateScan<Ring>;
  readonly loop: Loop;
};

/** Step and loops of one function, which the optimiser inlines into each: each has a text of its own, as the loop of a step has. */
function compile(combine: Combine): Compiled {
  const source = `/* ${++count} */ return {
    step(s, x) {
      const { values, at } = s;
      const old = values[at];
      values[at] = x;
      s.at = at + 1 === values.length ? 0 : at + 1;
      return combine(x, old);
    },
    loop(xs, output, from, to, olds, shift) {
      let gap = 0;
      for (let i = from; i < to; i++) {
        const x = xs[i];
        gap += x - x;
        output[i] = combine(x, olds[i + shift]);
      }
      return gap;
    },
  };`;
  const { step, loop } = new Function('combine', source)(combine) as Omit<Compiled, 'scan'>;
  const stepped = stepLoop(step, 1);
  const scan: StateScan<Ring> = (s, inputs, output, from, to) => {
    if (wholeRows(loop, s, inputs[0]!, output, from, to) === 0) keep(s, inputs[0]!, from, to);
    else stepped(s, inputs, output, from, to);
  };
  return { step, scan, loop };
}

/** Kernels of one function, or of the older value alone; it is compiled when the first of them starts. */
export function pastOf(combine?: Combine): Past {
  let compiled: Compiled | undefined;
  return {
    kernel: (name, n) => {
      period(name, n);
      const init = (): Ring => ({ values: new Float64Array(n).fill(Number.NaN), at: 0 });
      const shape = { name, args: [n], arity: 1, warmup: n } as const;
      const parts = (): Compiled => {
        compiled ??= compile(combine ?? ((_, old) => old));
        return compiled;
      };
      const whole = (): Kernel => {
        const { step, scan } = parts();
        return defineKernel<Ring>({ ...shape, init, step, scan });
      };
      return {
        ...shape,
        recursive: false,
        start: () => whole().start(),
        startStepped: () => whole().startStepped(),
        stateless: false,
        past: {
          rows: n,
          lags: combine === undefined,
          combine: (now, before, output, count) => parts().loop(now, output, 0, count, before, 0),
        },
      };
    },
  };
}

/** The first n rows see what is in the ring, from its oldest value on, the others rows of the column. */
function wholeRows(loop: Loop, s: Ring, xs: Float64Array, output: Float64Array, from: number, to: number): number {
  const { values, at } = s;
  const n = values.length;
  const turn = Math.min(from + n - at, to);
  const own = Math.min(from + n, to);
  const before = loop(xs, output, from, turn, values, at - from) + loop(xs, output, turn, own, values, at - n - from);
  return before + loop(xs, output, own, to, xs, -n);
}

/** Puts rows into the ring. */
function keep(s: Ring, xs: Float64Array, from: number, to: number): void {
  const { values } = s;
  const n = values.length;
  let at = s.at;
  for (let i = Math.max(from, to - n); i < to; i++) {
    values[at] = xs[i]!;
    at = at + 1 === n ? 0 : at + 1;
  }
  s.at = at;
}

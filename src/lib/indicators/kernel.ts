/** Kernels: causal functions of columns, advanced row by row. The batch form is the same kernel scanned over a column, so live and backtest cannot disagree. */
/**
 * Advances rows [from, to): reads `inputs[k][i]`, writes `output[i]`. It owns the kernel's state, so scanning a column in
 * pieces of any size gives the same bits as scanning it whole.
 */
export type Scan = (inputs: readonly Float64Array[], output: Float64Array, from: number, to: number) => void;

/** What a kernel sees of a column without gaps: a row, and the one so many rows before it. */
export type PastRows = {
  readonly rows: number;
  /** Its value is the older one alone. */
  readonly lags: boolean;
  /** Writes values of `count` rows from what stands there and what stood before, NaN where there was no such row: the bits of the scan. */
  readonly combine: (now: Float64Array, before: Float64Array, output: Float64Array, count: number) => void;
};

/**
 * Missing input: a row with NaN or an infinity in any input gives NaN and leaves the state unchanged, so a gap never
 * poisons what follows and warm-ups compose.
 */
export interface Kernel {
  readonly name: string;
  /** Parameters; with the name they are the kernel's identity. */
  readonly args: readonly (number | string)[];
  /** Number of input columns, 1 to 5. */
  readonly arity: number;
  /** Complete rows seen before the first value: sma(20) has 19. */
  readonly warmup: number;
  /** True when values depend on all history (EMA), so that truncated history gives slightly different values. */
  readonly recursive: boolean;
  /** A scan with fresh state. */
  start(): Scan;
  /** The same without the hand-tuned loop: what the contract test compares `start` with. */
  startStepped(): Scan;
  /** Where that is all it sees. */
  readonly past?: PastRows;
  /** It sees nothing but the row: any rows may be scanned, in any order. */
  readonly stateless: boolean;
}

type Step1<S> = (state: S, a: number) => number;
type Step2<S> = (state: S, a: number, b: number) => number;
type Step3<S> = (state: S, a: number, b: number, c: number) => number;
type Step4<S> = (state: S, a: number, b: number, c: number, d: number) => number;
type Step5<S> = (state: S, a: number, b: number, c: number, d: number, e: number) => number;

/** One step of a kernel. Must be a module-level function: its compiled loop is kept by identity. */
export type Step<S> = Step1<S> | Step2<S> | Step3<S> | Step4<S> | Step5<S>;

export type KernelSpec<S> = {
  readonly name: string;
  readonly args?: readonly (number | string)[];
  readonly arity: 1 | 2 | 3 | 4 | 5;
  readonly warmup: number;
  readonly recursive?: boolean;
  /** Null where the step sees nothing but its row. */
  readonly init: () => S;
  /** Called only with finite inputs. Returns NaN until warm. */
  readonly step: Step<S>;
  /**
   * The step has no state, and a NaN or an infinity among its inputs shows in the result, as it does where they are only
   * added, subtracted and multiplied: the loop then looks at the result alone.
   */
  readonly arithmetic?: true;
  /** A hand-tuned loop; must equal the stepped form to the bit (the contract test compares them). */
  readonly scan?: StateScan<S>;
};

export function defineKernel<S>(spec: KernelSpec<S>): Kernel {
  const stepped = (): StateScan<S> => compiledLoop(spec.step, spec.arity, spec.arithmetic);
  const startWith = (loop: StateScan<S>): Scan => {
    const state = spec.init();
    return (inputs, output, from, to) => loop(state, inputs, output, from, to);
  };
  return {
    name: spec.name,
    args: spec.args ?? [],
    arity: spec.arity,
    warmup: spec.warmup,
    recursive: spec.recursive ?? false,
    start: () => startWith(spec.scan ?? stepped()),
    startStepped: () => startWith(stepped()),
    get stateless() {
      return spec.init() === null;
    },
  };
}

/** A loop over rows with the state given. */
export type StateScan<S> = (
  state: S,
  inputs: readonly Float64Array[],
  output: Float64Array,
  from: number,
  to: number,
) => void;

const loops = new WeakMap<object, unknown>();
let loopCount = 0;

/** The loop of a step, for hand-tuned scans that fall back on it: compiled when it first runs, not when its module is loaded. */
export function stepLoop<S>(step: Step<S>, arity: number, arithmetic = false): StateScan<S> {
  let loop: StateScan<S> | undefined;
  return (state, inputs, output, from, to) => {
    loop ??= compiledLoop(step, arity, arithmetic);
    loop(state, inputs, output, from, to);
  };
}

/**
 * A loop of its own for each step function, so that the optimiser sees one callee and inlines it; a shared loop would
 * call through a pointer and box every result (measured 4 to 8 times slower). The text is fixed; only the arity varies.
 */
function compiledLoop<S>(step: Step<S>, arity: number, arithmetic = false): StateScan<S> {
  const known = loops.get(step);
  if (known !== undefined) return known as StateScan<S>;
  const names = ['a', 'b', 'c', 'd', 'e'].slice(0, arity);
  const columns = names.map((n, k) => `const ${n}s = inputs[${k}];`).join(' ');
  const reads = names.map((n) => `const ${n} = ${n}s[i];`).join(' ');
  const complete = names.map((n) => `${n} - ${n} === 0`).join(' && ');
  const call = `step(state, ${names.join(', ')})`;
  const row = arithmetic
    ? `const y = ${call}; output[i] = y + (y - y);`
    : `if (${complete}) output[i] = ${call}; else output[i] = NaN;`;
  // The number makes each text unique: V8 keeps one record of observed types, and one compiled loop, for equal texts.
  const source = `/* ${++loopCount} */ return function scan(state, inputs, output, from, to) {
    ${columns}
    for (let i = from; i < to; i++) { ${reads} ${row} }
  };`;
  const loop = new Function('step', source)(step) as StateScan<S>;
  loops.set(step, loop);
  return loop;
}

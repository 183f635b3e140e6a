/** Finds the rows at which a strategy's target changes: a loop of its own for each target function, so that the optimiser sees one callee and inlines it. */
import type { Bracket } from '../model/index.ts';
import type { ParamSpec, ParamSpecs, Strategy } from '../strategy/index.ts';
import type { ParamSet } from './sweep.ts';

/** Rows looked at together: signals and prices of so many stay in the cache while set after set passes over them. */
export const WINDOW = 4096;

export interface TargetKernel {
  /** Prices of the window by row; whoever loads a window writes them. */
  readonly bars: {
    readonly at: Float64Array;
    readonly open: Float64Array;
    readonly high: Float64Array;
    readonly low: Float64Array;
    readonly close: Float64Array;
    readonly volume: Float64Array;
    /** Instruments at the instant. */
    readonly universe: Float64Array;
  };
  /** Signals of the set by row. */
  readonly signals: readonly Float64Array[];
  /** The changes found: their rows, and the targets from there on. */
  readonly rows: Int32Array;
  readonly targets: Float64Array;
  /**
   * Asks for the target at rows [from, to) where every signal has a value, starting with the target in `targets[0]`.
   * Returns how many times it changed. `complete` says that no signal is missing there. NaN and infinities are found, not judged.
   */
  find(params: ParamSet, from: number, to: number, complete: boolean): number;
  /** The same only where there is a close. */
  findPriced(params: ParamSet, from: number, to: number): number;
  /** The exits of what is opened at a row. */
  exits(params: ParamSet, row: number): Bracket;
  /** Rows are of that instrument from now on. */
  turnTo(symbol: string): void;
}

const known = new WeakMap<object, Map<string, TargetKernel>>();
let count = 0;

/** One for all instruments and sweeps of a strategy with these signals: who uses it turns it to the instrument first. */
export function targetKernel(strategy: Strategy, names: readonly string[]): TargetKernel {
  const kernels = known.get(strategy) ?? new Map<string, TargetKernel>();
  known.set(strategy, kernels);
  const key = names.join('\n');
  const kernel = kernels.get(key) ?? makeKernel(strategy, names);
  kernels.set(key, kernel);
  return kernel;
}

const fields = ['open', 'high', 'low', 'close', 'volume', 'universe'] as const;

/**
 * Buffers are constants of the closure that the loop and the view live in: their addresses and lengths are then part of the
 * compiled code. The text is made here of fixed words, numbers and names of parameters that are plain ones; names of signals
 * enter as data.
 */
function makeKernel({ target, exits, params = {} }: Strategy, names: readonly string[]): TargetKernel {
  const column = (): Float64Array => new Float64Array(WINDOW);
  const prices = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  const bars = { at: column(), ...prices, universe: column() };
  const signals = names.map(column);
  const rows = new Int32Array(WINDOW + 1);
  const targets = column();
  const parts = { target, exits, rows, targets, signals, names, ...bars };
  const compiled = new Function('parts', textOf(names.length, params))(parts) as {
    readonly whole: (params: ParamSet, from: number, to: number) => number;
    readonly guarded: (params: ParamSet, from: number, to: number) => number;
    readonly priced: (params: ParamSet, from: number, to: number) => number;
    readonly exits: (params: ParamSet, row: number) => Bracket;
    readonly turnTo: (symbol: string) => void;
  };
  return {
    bars,
    signals,
    rows,
    targets,
    find: (params, from, to, complete) => (complete ? compiled.whole : compiled.guarded)(params, from, to),
    findPriced: compiled.priced,
    exits: compiled.exits,
    turnTo: compiled.turnTo,
  };
}

function textOf(signals: number, specs: ParamSpecs): string {
  const each = (text: (k: number) => string, between = '\n'): string =>
    Array.from({ length: signals }, (_, k) => text(k)).join(between);
  const missing = each((k) => `s${k}[k] !== s${k}[k]`, ' || ') || 'false';
  const loop = (guard: string): string => `(params, from, to) => {
    let n = 0;
    let held = targets[0];
    const own = ${typed(specs)};
    const view = new View(symbol);
    for (let k = from; k < to; k++) {
      ${guard}
      view.index = k;
      const t = target(view, own, held);
      if (t !== held) { rows[n] = k; targets[n++] = t; held = t; }
    }
    return n;
  }`;
  // The number makes each text unique: V8 keeps one record of observed types for equal texts.
  return `/* ${++count} */ 'use strict';
    const { target, exits, rows, targets, at, ${fields.join(', ')} } = parts;
    let symbol = '';
    ${each((k) => `const s${k} = parts.signals[${k}];`)}
    const View = class {
      constructor(symbol) { this.index = 0; this.symbol = symbol; }
      get time() { return at[this.index]; }
      ${fields.map((name) => `get ${name}() { return ${name}[this.index]; }`).join('\n')}
    };
    ${each((k) => `Object.defineProperty(View.prototype, parts.names[${k}], { get() { return s${k}[this.index]; } });`)}
    return {
      whole: ${loop('')},
      guarded: ${loop(`if (${missing}) continue;`)},
      priced: ${loop(`if (close[k] !== close[k] || ${missing}) continue;`)},
      exits: (params, k) => {
        const view = new View(symbol);
        view.index = k;
        return exits(view, params);
      },
      turnTo: (next) => { symbol = next; },
    };`;
}

/** A copy of declared `params` whose values have types that the optimiser can see: a boolean of unknown type is five questions a row. */
function typed(specs: ParamSpecs): string {
  const entries = Object.entries(specs);
  if (entries.length === 0 || !entries.every(([name]) => /^[A-Za-z]\w*$/.test(name))) return 'params';
  const value = (name: string, { type }: ParamSpec): string => {
    if (type === 'number' || type === 'integer') return `+params.${name}`;
    return type === 'boolean' ? `params.${name} === true` : `params.${name}`;
  };
  return `{ ${entries.map(([name, spec]) => `${name}: ${value(name, spec)}`).join(', ')} }`;
}

/**
 * Finds the rows at which a strategy's target changes. A target whose text says no more than arithmetic and choices is looked at
 * in WebAssembly (`decision-scan.ts`); for every other there is a loop of its own, so that the optimiser sees one callee and inlines it.
 */
import type { Bracket } from '../model/index.ts';
import type { ParamSpec, ParamSpecs, Strategy } from '../strategy/index.ts';
import { namesOf, type Term } from './decision.ts';
import { type ColumnPlace, type SetValue, scanOf } from './decision-scan.ts';
import { readDecision } from './decision-text.ts';
import type { ParamSet } from './sweep.ts';
import { mayWrite } from './target-writes.ts';
import { type WindowColumn, windowColumns } from './window-block.ts';
import { BYTES, PLACE, WINDOW, type WindowMemory, windowMemory } from './window-memory.ts';

export interface TargetKernel {
  /** Columns of the window: whoever loads one writes those that are read, and those it reads itself. */
  readonly bars: WindowMemory['bars'];
  /** Those that the target or the exits may read. */
  readonly reads: readonly WindowColumn[];
  /** Signals of the set by row, where they do not stay in slots. */
  readonly signals: readonly Float64Array[];
  /** Signals stay in the slots of the window's memory, and a set is told of by their addresses there. */
  readonly slotted: boolean;
  /** The changes found: their rows, and the targets from there on. */
  readonly rows: Int32Array;
  readonly targets: Float64Array;
  /**
   * Asks for the target at rows [from, to) where every signal has a value, starting with the target in `targets[0]`.
   * Returns how many times it changed. `complete` says that no signal is missing there. NaN and infinities are found, not
   * judged; what follows a NaN need not be found.
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
 * enter as data, and what a scan asks of the parameters is made of signs, names and literals that were read one by one.
 */
function makeKernel({ target, exits, params = {} }: Strategy, names: readonly string[]): TargetKernel {
  const { memory, bars, of, rows, targets, values, sources, ...window } = windowMemory();
  const signals = names.map((_, k) => window.signals[k] ?? new Float64Array(WINDOW));
  const decision = target === undefined ? undefined : readDecision(target);
  const places = new Map<string, ColumnPlace | undefined>([
    ...fields.map((name) => [name, { address: PLACE[name] }] as const),
    ['time', { address: PLACE.at }],
    ...names.map((name, k) => [name, k < sources.length ? { source: k } : undefined] as const),
  ]);
  const scan = decision && scanOf(decision, (name) => places.get(name));
  // Guarding what is given costs a good part of the target itself: only who may write to it is kept from that.
  const kept = { target: guardOf(target), exits: guardOf(exits) };
  const parts = { target, exits, of, rows, targets, signals, names, values, ...bars };
  const compiled = new Function(
    'parts',
    textOf({ signals: names.length, specs: params, asked: scan?.values ?? [], kept }),
  )(parts) as {
    readonly whole: (params: ParamSet, from: number, to: number) => number;
    readonly guarded: (params: ParamSet, from: number, to: number) => number;
    readonly priced: (params: ParamSet, from: number, to: number) => number;
    readonly load: (params: ParamSet) => boolean;
    readonly exits: (params: ParamSet, row: number) => Bracket;
  };
  const find = scan?.link(memory);
  const slotted = find !== undefined && exits === undefined && names.length <= sources.length;
  const doubles = new Float64Array(memory.buffer);
  /** A loop reads signals where it was compiled to. */
  const bring = (from: number, to: number): void => {
    if (!slotted) return;
    for (let k = 0; k < signals.length; k++) {
      const column = sources[k]! / BYTES;
      signals[k]!.set(doubles.subarray(column + from, column + to), from);
    }
  };
  return {
    bars,
    reads: decision === undefined || exits !== undefined ? windowColumns : columnsOf(decision),
    signals,
    slotted,
    rows,
    targets,
    find: (params, from, to, complete) => {
      if (complete && find !== undefined && compiled.load(params)) return find(from, to);
      bring(from, to);
      return complete ? compiled.whole(params, from, to) : compiled.guarded(params, from, to);
    },
    findPriced: (params, from, to) => {
      bring(from, to);
      return compiled.priced(params, from, to);
    },
    exits: compiled.exits,
    turnTo: (symbol) => {
      of.symbol = symbol;
    },
  };
}

/** Columns that a decision names. */
function columnsOf(decision: Term): readonly WindowColumn[] {
  const names = namesOf(decision);
  return windowColumns.filter((column) => names.has(column === 'at' ? 'time' : column));
}

/** Puts an object's guard around its text. */
type Guard = (text: string, how: 'freeze' | 'preventExtensions') => string;

function guardOf(work: object | undefined): Guard {
  const writes = work !== undefined && mayWrite(work);
  return (text, how) => (writes ? `Object.${how}(${text})` : text);
}

type Wording = {
  readonly signals: number;
  readonly specs: ParamSpecs;
  readonly asked: readonly SetValue[];
  readonly kept: { readonly target: Guard; readonly exits: Guard };
};

function textOf({ signals, specs, asked, kept }: Wording): string {
  const each = (text: (k: number) => string, between = '\n'): string =>
    Array.from({ length: signals }, (_, k) => text(k)).join(between);
  const missing = each((k) => `s${k}[k] !== s${k}[k]`, ' || ') || 'false';
  const loop = (guard: string): string => `(params, from, to) => {
    let n = 0;
    let held = targets[0] + 0;
    const own = ${kept.target(typed(specs), 'freeze')};
    const view = ${kept.target('new View(of.symbol)', 'preventExtensions')};
    for (let k = from; k < to; k++) {
      ${guard}
      View.at(view, k);
      const t = target(view, own, held);
      if (t === held) continue;
      // What is no number counts as the one it stands for.
      targets[n] = t;
      if (targets[n] !== held) { rows[n] = k; held = targets[n++] += 0; }
    }
    return n;
  }`;
  // The number makes each text unique: V8 keeps one record of observed types for equal texts.
  return `/* ${++count} */ 'use strict';
    const { target, exits, of, rows, targets, values, at, ${fields.join(', ')} } = parts;
    ${each((k) => `const s${k} = parts.signals[${k}];`)}
    // What a row shows is asked for by name; it lists nothing.
    const View = class {
      #index = 0;
      #symbol;
      constructor(symbol) { this.#symbol = symbol; }
      get time() { return at[this.#index]; }
      ${fields.map((name) => `get ${name}() { return ${name}[this.#index]; }`).join('\n')}
      ${each((k) => `get [parts.names[${k}]]() { return s${k}[this.#index]; }`)}
      get symbol() { return this.#symbol; }
      static at(view, k) { view.#index = k; }
    };
    return {
      whole: ${loop('')},
      guarded: ${loop(`if (${missing}) continue;`)},
      priced: ${loop(`if (close[k] !== close[k] || ${missing}) continue;`)},
      load: (params) => {
        const p = ${typed(specs)};
        ${asked.map(loading).join('\n')}
        return true;
      },
      exits: (params, k) => {
        const view = ${kept.exits('new View(of.symbol)', 'preventExtensions')};
        View.at(view, k);
        return exits(view, params);
      },
    };`;
}

/** What a scan asks of a set is of the type that it was taken for, or the scan cannot be asked. */
function loading({ text, type }: SetValue, k: number): string {
  const value = `const v${k} = ${text}; if (typeof v${k} !== '${type}') return false;`;
  return `${value} values[${k}] = ${type === 'number' ? `v${k}` : `v${k} ? 1 : 0`};`;
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

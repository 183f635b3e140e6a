/**
 * The window of rows that sets pass over, and all that is known of it, in one memory for loops of JavaScript and of
 * WebAssembly. One for all sweeps, which do their work inside `withWindow`.
 */
import { type WorkMemory, workMemory } from '../core/index.ts';
import { ASKED } from './asked-exits.ts';

/** Rows looked at together: signals and prices of so many stay in the cache while set after set passes over them. */
export const WINDOW = 4096;
/** Rows beyond the window that a loop which takes several a turn may read. */
const BEYOND = 16;
/** Signals that have a column here. */
const SIGNALS = 24;
/** Signals of one instrument that are evaluated here. */
export const COLUMNS = 1024;
/** Columns of signals evaluated elsewhere that stay while set after set looks at them. */
export const SLOTS = 256;
/** Values of a parameter set that a scan may ask for. */
export const VALUES = 64;
/** Doubles of the terms of a walk. */
const TERMS = 16;
/** Doubles of the states of all sets that pass over a window side by side. */
const STATES = 8192 * 64;

export const BYTES = 8;
/** A row beyond all windows. */
export const NO_ROW = 2 ** 29 - 1;

let next = 0;
const doubles = (count: number): number => {
  next += BYTES * count;
  return next - BYTES * count;
};
const column = (): number => doubles(WINDOW + BEYOND);

/** Addresses in bytes. */
export const PLACE = {
  at: column(),
  open: column(),
  high: column(),
  low: column(),
  close: column(),
  volume: column(),
  /** Instruments at the instant. */
  universe: column(),
  signals: Array.from({ length: SIGNALS }, column),
  columns: Array.from({ length: COLUMNS }, column),
  slots: Array.from({ length: SLOTS }, column),
  /** Where a scan finds the column of each signal: addresses (32 bits). */
  sources: doubles(SIGNALS / 2),
  values: doubles(VALUES),
  /** Changes of the target: their rows (whole numbers of 32 bits), and the targets from there on. */
  rows: doubles(WINDOW / 2 + 1),
  targets: column(),
  /** Exits asked for at each of the changes. */
  exits: doubles(ASKED.count * WINDOW),
  /** Sum of the closes before each row. */
  totals: column(),
  /** Of each run of rows with one position: the address after its last row (32 bits); its cash and its units. */
  ends: doubles(WINDOW / 2 + 1),
  runs: doubles(2 * WINDOW),
  /** Rows at which periods end, `NO_ROW` behind the last of them (whole numbers of 32 bits). */
  days: doubles(WINDOW / 2 + 1),
  terms: doubles(TERMS),
  /** Three doubles with all bits set, and as many and one more without. */
  masks: doubles(7),
  states: doubles(STATES),
} as const;

export type WindowMemory = {
  readonly memory: WorkMemory;
  /** By row. */
  readonly bars: {
    readonly at: Float64Array;
    readonly open: Float64Array;
    readonly high: Float64Array;
    readonly low: Float64Array;
    readonly close: Float64Array;
    readonly volume: Float64Array;
    readonly universe: Float64Array;
  };
  /** Whose rows they are. */
  readonly of: { symbol: string };
  readonly signals: readonly Float64Array[];
  readonly columns: readonly Float64Array[];
  readonly slots: readonly Float64Array[];
  readonly sources: Int32Array;
  readonly values: Float64Array;
  readonly rows: Int32Array;
  readonly targets: Float64Array;
  readonly exits: Float64Array;
  readonly totals: Float64Array;
  readonly ends: Int32Array;
  readonly runs: Float64Array;
  readonly days: Int32Array;
  readonly terms: Float64Array;
  readonly states: Float64Array;
};

let made: WindowMemory | undefined;

export function windowMemory(): WindowMemory {
  if (made !== undefined) return made;
  const memory = workMemory(next);
  const view = (place: number, count = WINDOW): Float64Array => new Float64Array(memory.buffer, place, count);
  new Int32Array(memory.buffer, PLACE.masks, 6).fill(-1);
  made = {
    memory,
    bars: {
      at: view(PLACE.at),
      open: view(PLACE.open),
      high: view(PLACE.high),
      low: view(PLACE.low),
      close: view(PLACE.close),
      volume: view(PLACE.volume),
      universe: view(PLACE.universe),
    },
    of: { symbol: '' },
    signals: PLACE.signals.map((place) => view(place)),
    columns: PLACE.columns.map((place) => view(place)),
    slots: PLACE.slots.map((place) => view(place)),
    sources: new Int32Array(memory.buffer, PLACE.sources, SIGNALS),
    values: view(PLACE.values, VALUES),
    rows: new Int32Array(memory.buffer, PLACE.rows, WINDOW + 1),
    targets: view(PLACE.targets),
    exits: view(PLACE.exits, ASKED.count * WINDOW),
    totals: view(PLACE.totals, WINDOW + 1),
    ends: new Int32Array(memory.buffer, PLACE.ends, WINDOW + 1),
    runs: view(PLACE.runs, 2 * WINDOW),
    days: new Int32Array(memory.buffer, PLACE.days, WINDOW + 1),
    terms: view(PLACE.terms, TERMS),
    states: view(PLACE.states, STATES),
  };
  return made;
}

let isInUse = false;

/** Does what needs the window. A sweep inside another, as a target may run one, leaves the window as it found it. */
export function withWindow<Result>(work: () => Result): Result {
  const restore = isInUse ? keepWindow() : () => {};
  const wasInUse = isInUse;
  isInUse = true;
  try {
    return work();
  } finally {
    isInUse = wasInUse;
    restore();
  }
}

function keepWindow(): () => void {
  const { memory, of } = windowMemory();
  const { symbol } = of;
  const kept = new Uint8Array(memory.buffer.slice(0));
  return () => {
    of.symbol = symbol;
    new Uint8Array(memory.buffer).set(kept);
  };
}

/** Windows of many rows at once, to the bit what a stream computes row by row (docs/architecture.md, "Inner loops in WebAssembly"). */
import { workMemory } from '../core/index.ts';
import { foldedCosines } from './cosine-table.ts';
import type { DayRange, FeatureModel } from './feature-model.ts';
import type { ChannelSeries } from './panel.ts';
import { rowsOf } from './rows-of-days.ts';
import { scalingOf } from './scaling.ts';
import { packedTriangle } from './whitener.ts';
import { bucketTable, type Scaling } from './window.ts';
import { LANES, paddedSize, type WindowShape, windowLayout, windowRoutine, windowWeights } from './window-code.ts';

/** Windows that are measured before the rows move to the start of the memory. */
const WINDOWS = 512;

export interface WindowBlock {
  /** Squared length of the whitened windows last measured, from the first on. */
  readonly squares: Float64Array;
  /** Writes one of them, whitened. */
  whitened(window: number, out: Float64Array): void;
}

type Visit = (row: number, window: number, block: WindowBlock) => void;

type Memory = WindowBlock & {
  readonly capacity: number;
  /** Scaled values of all channels, `stride` apart. */
  readonly scaled: Float64Array;
  readonly stride: number;
  load(whitening: FeatureModel['whitening']): void;
  measure(windows: number): void;
};

/**
 * Goes through the rows of a series, of some days or all, and visits each that has a full window: `window` is its place in the
 * block, which holds until the visit ends.
 * @throws SigmaError usage/unknown-instrument as `featureStream`
 */
export function eachWindow(model: FeatureModel, series: ChannelSeries, visit: Visit, days: DayRange = everyDay): void {
  const scaling = scalingOf(model, series.symbol);
  const shape = { channels: model.channels.length, rows: model.windowRows, dct: model.dct };
  const key = `${shape.channels} ${shape.rows} ${shape.dct}`;
  // A visit may go through another series: it takes another memory.
  const memory = idle.get(key) ?? newMemory(shape);
  idle.delete(key);
  try {
    memory.load(model.whitening);
    passThrough(memory, { series, days, scaling, rows: shape.rows, resets: model.window === 'session' }, visit);
  } finally {
    idle.set(key, memory);
  }
}

/** Memories by the shape of the windows that they were made for, whose code is translated and whose weights lie in them. */
const idle = new Map<string, Memory>();

const everyDay: DayRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

type Passage = {
  readonly series: ChannelSeries;
  readonly days: DayRange;
  readonly scaling: Scaling;
  readonly rows: number;
  /** Whether windows end with their day. */
  readonly resets: boolean;
};

function passThrough(memory: Memory, { series, days, scaling, rows, resets }: Passage, visit: Visit): void {
  const { scaled, stride, capacity } = memory;
  const { location, inverseScale, buckets } = scaling;
  const bucketOf = bucketTable(scaling);
  const { values, slot, day } = series;
  const rowAt = new Int32Array(capacity);
  const [from, to] = rowsOf(day, days);
  let end = 0;
  let filled = 0;

  const visitAll = (): void => {
    const windows = end - rows + 1;
    if (windows <= 0) return;
    memory.measure(windows);
    for (let k = 0; k < windows; k++) if (rowAt[k + rows - 1]! >= 0) visit(rowAt[k + rows - 1]!, k, memory);
  };
  const makeRoom = (): void => {
    for (let base = 0; base < scaled.length; base += stride) scaled.copyWithin(base, base + end - rows + 1, base + end);
    end = rows - 1;
  };

  for (let r = from; r < to; r++) {
    if (resets && r > from && day[r] !== day[r - 1]) filled = 0;
    let at = bucketOf[slot[r]!]!;
    let place = end;
    let known = true;
    for (let c = 0; c < values.length && known; c++) {
      const x = values[c]![r]!;
      known = x - x === 0;
      scaled[place] = (x - location[at]!) * inverseScale[at]!;
      place += stride;
      at += buckets;
    }
    if (!known) continue;
    filled++;
    rowAt[end++] = filled >= rows ? r : -1;
    if (end < capacity) continue;
    visitAll();
    makeRoom();
  }
  visitAll();
}

function newMemory(shape: WindowShape): Memory {
  const size = shape.channels * shape.dct;
  const padded = paddedSize(shape);
  const capacity = shape.rows - 1 + WINDOWS;
  const layout = windowLayout(shape, capacity);
  const work = workMemory(layout.end);
  const doubles = new Float64Array(work.buffer);
  doubles.set(windowWeights(shape, foldedCosines(shape.rows, shape.dct)), layout.weights / 8);
  const { measure } = windowRoutine(shape, layout)(work);
  const stride = layout.channel / 8;
  const whitened = layout.whitened / 8;
  let loaded: FeatureModel['whitening'] | undefined;
  return {
    capacity,
    scaled: doubles.subarray(layout.scaled / 8, layout.scaled / 8 + shape.channels * stride),
    stride,
    squares: doubles.subarray(layout.squares / 8, layout.squares / 8 + capacity),
    load: (whitening) => {
      if (whitening === loaded) return;
      doubles.set(whitening.mean, layout.mean / 8);
      doubles.set(packedTriangle(whitening.factor, size), layout.triangle / 8);
      loaded = whitening;
    },
    measure: (windows) => void measure(layout.scaled, layout.scaled + 8 * windows),
    whitened: (window, out) => {
      const lane = window % LANES;
      let at = whitened + (window - lane) * padded + lane;
      for (let i = 0; i < size; i++, at += LANES) out[i] = doubles[at]!;
    },
  };
}

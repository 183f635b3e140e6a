/** Features bar by bar: surprise and embedding of one instrument's window, in constant time and without allocating. */
import type { FeatureModel } from './feature-model.ts';
import { type Projection, projection } from './projection.ts';
import { scalingOf } from './scaling.ts';
import { surpriseOf } from './surprise.ts';
import { whitener } from './whitener.ts';
import { createRowWindow, type RowWindow } from './window.ts';

export interface FeatureStream {
  /**
   * Takes the next row of the instrument: its channels in the order of the model, its slot and day. True when the row has a
   * surprise: the window is full and no value is missing.
   */
  push(values: ArrayLike<number>, slot: number, day: number): boolean;
  /** Distance of the window from what is usual; NaN where `push` said false. */
  readonly surprise: number;
  /** The window after whitening, whose length is its distance from usual; overwritten by the next row. */
  readonly whitened: Float64Array;
  /** Writes the principal components of a whitened window. */
  readonly embed: Projection;
}

export type StreamOptions = {
  /** Needed where each instrument has its own scale. */
  readonly symbol?: string;
  /** Rows of memory beside the window; more moves less. */
  readonly spareRows?: number;
};

/** @throws SigmaError usage/unknown-instrument where the model scales each instrument by itself and never saw this one */
export function featureStream(model: FeatureModel, { symbol, spareRows }: StreamOptions = {}): FeatureStream {
  const channels = model.channels.length;
  const window = createRowWindow(
    { channels, rows: model.windowRows, dct: model.dct },
    scalingOf(model, symbol),
    spareRows,
  );
  return createStream(model, window, channels * model.dct);
}

function createStream(model: FeatureModel, window: RowWindow, size: number): FeatureStream {
  const coefficients = new Float64Array(size);
  const whitened = new Float64Array(size);
  const whiten = whitener(model.whitening);
  const project = projection(model);
  const measure = surpriseOf(model.surprise, size);
  const resets = model.window === 'session';
  const surprise = Float64Array.of(Number.NaN);
  let today = Number.NaN;

  return {
    push: (values, slot, day) => {
      if (day !== today) {
        today = day;
        if (resets) window.clear();
      }
      if (!window.push(values, slot)) {
        surprise[0] = Number.NaN;
        return false;
      }
      window.transform(coefficients);
      const squares = whiten(coefficients, whitened);
      surprise[0] = measure(whitened, squares);
      return true;
    },
    get surprise() {
      return surprise[0]!;
    },
    whitened,
    embed: project,
  };
}

/** What the parts of the vectorised engine hand to each other. */
import type { SigmaError } from '../core/index.ts';
import type { RunConfig } from '../engine/index.ts';
import type { BlockSource } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { FigureColumns } from './figures.ts';
import type { Periods } from './periods.ts';
import type { SetPlaces, SignalGroup } from './signal-columns.ts';
import type { FigureKey, ParamSet, SweepOptions } from './sweep.ts';

export type VectorSweepOptions = {
  readonly strategy: Strategy;
  readonly source: BlockSource;
  readonly config: RunConfig;
  readonly periods: Periods;
  readonly onAnswer?: SweepOptions['onAnswer'];
};

/** A set and its place among all of a call. */
export type Asked = { readonly place: number; readonly params: ParamSet };
/** The same with where its signals are. */
export type Prepared = Asked & { readonly signals: SetPlaces };

/** Sets whose signals are evaluated together. */
export type Group = { readonly sets: readonly Prepared[]; readonly signals: SignalGroup };

/** Sets that throw go to the failures; trades count their bars and extremes where they are looked at in detail. */
export type WalkTerms = { readonly failures: Map<number, SigmaError>; readonly detailed: boolean };

export type Output = {
  readonly figures: FigureColumns;
  /** The figures asked for; the others stay NaN. */
  readonly wanted: readonly FigureKey[];
  readonly returns: Float64Array | undefined;
  readonly failures: Map<number, SigmaError>;
};

/** What a report draws: a finished run with its metrics, whatever produced or stored it. */
import type { Json } from '../core/index.ts';
import type { EngineResult } from '../engine/index.ts';
import type { Bars } from '../model/index.ts';

export type QualitySummary = {
  readonly symbol: string;
  readonly score: number;
  readonly rows: number;
  readonly issues: readonly { readonly kind: string; readonly count: number }[];
};

/** A flag of the command line and its value, if it takes one; not quoted. */
export type RunFlag = readonly [flag: string, value?: string];

export type RunView = {
  readonly id: string;
  readonly strategy: string;
  readonly description: string;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly dataset: {
    readonly name: string;
    readonly title: string;
    readonly synthetic: boolean;
    readonly hindsight: boolean;
    readonly closeOnly: boolean;
    readonly timeframe: string;
    readonly licence: string;
    readonly symbols: readonly string[];
  };
  /** Readable run settings: label and value, in the order to show them. */
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly result: EngineResult;
  /** Metric key -> value; titles, units and directions are in the metrics catalog. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Bootstrap intervals by metric key, 95 %. */
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** The benchmark's value at each equity time, scaled to the initial cash; its name. Absent when there is none. */
  readonly benchmark?: { readonly name: string; readonly value: Float64Array };
  /** Bars of the instruments traded (prices for the trade chart). */
  readonly bars: readonly Bars[];
  readonly quality: readonly QualitySummary[];
  /** Final equity under the pessimistic and optimistic path, when the run was made with `--path bounds`. */
  readonly bounds?: { readonly pessimistic: number; readonly optimistic: number; readonly ambiguousBars: number };
  readonly status: 'complete' | 'partial';
  readonly currency: string;
  readonly periodsPerYear: number;
  /** What `sigma backtest` needs to make the run again, its parameters aside. */
  readonly repeat?: { readonly strategy: string; readonly flags: readonly RunFlag[] };
  /** The run's manifest, shown as it is. */
  readonly manifest?: Json;
};

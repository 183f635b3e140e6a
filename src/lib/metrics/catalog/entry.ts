/** A metric as data: what it is called, how it reads and how it is computed. */
import type { Sample } from '../sample.ts';

/** `fraction`: 0.1 is 10 %. `currency`: the account's. `bars`: bars of the traded instrument. */
export type MetricUnit = 'fraction' | 'ratio' | 'currency' | 'days' | 'years' | 'bars' | 'count';

export type MetricGroup =
  | 'return'
  | 'risk'
  | 'risk-adjusted'
  | 'drawdown'
  | 'trades'
  | 'exposure'
  | 'costs'
  | 'benchmark'
  | 'significance';

export type MetricEntry = {
  readonly title: string;
  readonly unit: MetricUnit;
  readonly better: 'higher' | 'lower' | 'neither';
  /** Plain text. */
  readonly formula: string;
  /** Author and year, or the tool that made the definition common. */
  readonly source: string;
  /** NaN where undefined. */
  readonly compute: (sample: Sample) => number;
};

export type MetricEntries = Readonly<Record<string, MetricEntry>>;

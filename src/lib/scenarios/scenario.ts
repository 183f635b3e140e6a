/** A scenario: a market that something happens in, and bands that the figures of strategies must stay in. */
import type { SyntheticSpec } from '../data/index.ts';
import type { Terms } from './schema.ts';

/** Lowest and highest value, both allowed. */
export type Band = readonly [low: number, high: number];

export type ScenarioCase = {
  /** What it is called within its scenario; the strategy's name unless there are several of it. */
  readonly name: string;
  /** Name or file of the strategy. */
  readonly strategy: string;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly terms: Terms;
  readonly expect: Readonly<Record<string, Band>>;
  /** `file:line:column` of the case, for errors. */
  readonly where: string;
};

export type ScenarioMarket =
  | { readonly kind: 'synthetic'; readonly spec: SyntheticSpec }
  | {
      readonly kind: 'recorded';
      readonly data: string;
      readonly symbols?: readonly string[];
    };

export type Scenario = {
  /** Name of its file without the ending. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly market: ScenarioMarket;
  /** First and last day traded; earlier bars warm up. */
  readonly from?: string;
  readonly to?: string;
  readonly cases: readonly ScenarioCase[];
};

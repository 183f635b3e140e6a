/** What a caller may choose of a run; everything left out has a default. */
import { SigmaError } from '../core/index.ts';
import { defaultRunConfig, type RunConfig } from '../engine/index.ts';
import type { ExecutionConfig, FeeModel, IntrabarPath, SlippageModel } from '../execution/index.ts';
import { type Bars, type CorporateAction, parseTime, type Timeframe } from '../model/index.ts';
import type { AccountConfig, SizingConfig } from '../portfolio/index.ts';
import type { RiskConfig } from '../risk/index.ts';
import { checkedAccount } from './account-terms.ts';

/** An ISO 8601 date or time, epoch milliseconds, or a Date. */
export type When = string | number | Date;

export type ApplyActions = 'prices' | 'positions' | 'none';

export type RunOptions = {
  /** Catalog name, file, address, or bars in memory; `us-equities` when left out. */
  readonly data?: string | Bars | readonly Bars[];
  readonly symbols?: readonly string[];
  /** Resamples the bars before the run. */
  readonly timeframe?: Timeframe;
  /** First day of trading, inclusive; earlier bars warm the signals up. */
  readonly from?: When;
  /** Last day, inclusive when it is a date without a time. */
  readonly to?: When;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly cash?: number;
  readonly account?: Partial<AccountConfig>;
  readonly fees?: FeeModel;
  readonly slippage?: SlippageModel;
  readonly execution?: Partial<Omit<ExecutionConfig, 'path'>>;
  /** `bounds` runs the pessimistic and the optimistic path and reports both. */
  readonly path?: IntrabarPath | 'bounds';
  readonly sizing?: SizingConfig;
  /** False trades fractions of instruments that are otherwise traded in whole units, true whole units of all. */
  readonly wholeUnits?: boolean;
  readonly risk?: Partial<RiskConfig>;
  /** Splits and dividends, or the file that has them; those stored with the data set when left out. */
  readonly actions?: string | readonly CorporateAction[];
  /** `positions` (when left out) leaves prices as they were traded and changes what is held; `prices` adjusts the bars before the run. */
  readonly applyActions?: ApplyActions;
  /** Finer bars of the same instruments, as a data set or file: orders are matched against them. */
  readonly detail?: string;
  /** A symbol of the data, another data set (`sp500` or `sp500:SPX`), or `none`; equal-weight buy and hold when left out. */
  readonly benchmark?: string;
  readonly seed?: number;
};

export type Range = { readonly from: number; readonly to: number };

/** @throws SigmaError usage/bad-option, usage/empty-range when the start is not before the end */
export function rangeOf(options: Pick<RunOptions, 'from' | 'to'>): Range {
  const from = options.from === undefined ? Number.NEGATIVE_INFINITY : instantOf(options.from, '--from');
  const to = options.to === undefined ? Number.POSITIVE_INFINITY : endOf(options.to);
  if (from >= to) {
    throw new SigmaError('usage/empty-range', `--from ${text(options.from)} is not before --to ${text(options.to)}`, {
      hint: 'swap them or leave one out',
    });
  }
  return { from, to };
}

/**
 * @param periodsPerYear bars of the run's timeframe in a year
 * @throws SigmaError usage/bad-option for terms that no account can have
 */
export function configOf(options: RunOptions, periodsPerYear: number, start: number): RunConfig {
  const defaults = defaultRunConfig;
  const { path = defaults.execution.path } = options;
  return {
    account: checkedAccount({
      ...defaults.account,
      ...options.account,
      ...(options.cash === undefined ? {} : { cash: options.cash }),
    }),
    execution: {
      ...defaults.execution,
      ...options.execution,
      ...(options.fees === undefined ? {} : { fees: options.fees }),
      ...(options.slippage === undefined ? {} : { slippage: options.slippage }),
      path: path === 'bounds' ? 'pessimistic' : path,
    },
    sizing: options.sizing ?? defaults.sizing,
    risk: { ...defaults.risk, ...options.risk },
    seed: options.seed ?? defaults.seed,
    periodsPerYear,
    start,
  };
}

function instantOf(when: When, where: string): number {
  if (typeof when === 'number') return when;
  return when instanceof Date ? when.getTime() : parseTime(when, where);
}

/** A date names its whole day: bars that open on it are still part of the range. */
function endOf(when: When): number {
  const time = instantOf(when, '--to');
  return typeof when === 'string' && when.trim().length === 10 ? time + 86_400_000 : time;
}

function text(when: When | undefined): string {
  if (when === undefined) return '';
  return typeof when === 'string' ? when : new Date(when).toISOString();
}

/** The markets that a run's options name, and the one currency its account is kept in. */
import { SigmaError } from '../core/index.ts';
import { type InnerSplit, inUnitsOfEnds } from '../data/index.ts';
import type { RunConfig } from '../engine/index.ts';
import { type Bars, type Instrument, parseTimeframe } from '../model/index.ts';
import { holderBars, type RunActions } from './corporate-actions.ts';
import type { Market, Markets, Window } from './market.ts';
import { memoryMarket } from './memory-market.ts';
import type { RunOptions } from './options.ts';
import { resampledMarket } from './resampled-market.ts';

export const DEFAULT_DATA = 'us-equities';

/** The market of the options, and the one its bars come from where they are resampled. */
export async function openMarkets(
  options: RunOptions,
  markets: Markets,
): Promise<{ readonly market: Market; readonly base: Market }> {
  const { data = DEFAULT_DATA, timeframe } = options;
  const base = typeof data === 'string' ? await markets.open(data) : memoryMarket(isList(data) ? data : [data]);
  return { base, market: timeframe === undefined ? base : resampledMarket(base, timeframe) };
}

function isList(data: Bars | readonly Bars[]): data is readonly Bars[] {
  return Array.isArray(data);
}

export type DetailRequest = {
  readonly instruments: readonly Instrument[];
  readonly base: Market;
  readonly window: Window;
  readonly markets: Markets;
  readonly actions: RunActions;
  /** Splits that lie inside of the run's bars. */
  readonly inner: readonly InnerSplit[];
};

/** Whether `--detail` asks for a timeframe of the run's own data. */
export function isTimeframe(detail: string): boolean {
  return /^[1-9]\d*[smhdwM]$/.test(detail);
}

/** Finer bars of the same instruments: the run's own data at that timeframe, or another data set. */
export async function detailOf(
  detail: string,
  { instruments, base, window, markets, actions, inner }: DetailRequest,
): Promise<{ readonly market: Market; readonly bars: readonly Bars[] }> {
  const finer = isTimeframe(detail)
    ? resampledMarket(base, parseTimeframe(detail, '--detail'))
    : await markets.open(detail);
  const read = await finer.read({ ...window, symbols: instruments.map((one) => one.symbol) });
  const bars = read.map((b, i) => ({ ...b, instrument: instruments[i]! }));
  return {
    market: finer,
    bars:
      actions.appliedTo === 'prices' ? holderBars(bars, actions.list) : bars.map((one) => inUnitsOfEnds(one, inner)),
  };
}

/** An account is kept in one currency: the instruments' own unless another was asked for. */
export function inCurrencyOf(instruments: readonly Instrument[], config: RunConfig, options: RunOptions): RunConfig {
  const currencies = [...new Set(instruments.map((one) => one.currency))];
  const currency = options.account?.currency ?? currencies[0] ?? config.account.currency;
  const foreign = instruments.find((one) => one.currency !== currency);
  if (foreign !== undefined) {
    throw new SigmaError(
      'usage/bad-option',
      `${foreign.symbol} is quoted in ${foreign.currency}, the account is kept in ${currency}`,
      {
        where: '--symbols',
        hint: `choose instruments of one currency (there are ${currencies.join(', ')}) or name it with --currency`,
      },
    );
  }
  return { ...config, account: { ...config.account, currency } };
}

/** Splits and dividends taken out of prices, so that returns across an ex-date are those of a holder. */
import { SigmaError } from '../../core/index.ts';
import { type Bars, barCount, type CorporateAction, formatTime, lowerBound } from '../../model/index.ts';

export type AdjustOptions = {
  /** `backward` (the default) leaves the last price as it was traded, `forward` the first. */
  readonly direction?: 'backward' | 'forward';
  /** Splits alone, dividends alone, or both (the default). */
  readonly actions?: 'splits' | 'dividends' | 'both';
};

/**
 * Prices before an ex-date are multiplied by 1 / ratio for a split and by 1 - amount / (last close before) for a dividend (CRSP's factors);
 * volume is divided by the factors of splits alone. Actions of other symbols, before the first bar or after the last change nothing.
 * A new object; the input stays. To hand actions to positions instead, give `orderActions` to the engine and leave prices alone.
 * @throws SigmaError data/bad-number for a ratio that is not positive, or a dividend that is negative or not below the price
 */
export function adjustBars(bars: Bars, actions: readonly CorporateAction[], options: AdjustOptions = {}): Bars {
  const rows = barCount(bars);
  const wanted = options.actions ?? 'both';
  const price = new Float64Array(rows).fill(1);
  const shares = new Float64Array(rows).fill(1);
  let factor = 1;
  let split = 1;
  let end = rows;
  for (const action of orderActions(actions, [bars.instrument.symbol]).toReversed()) {
    const row = lowerBound(bars.time, action.time);
    if (row === 0 || row === rows) continue;
    if (wanted !== 'both' && wanted !== `${action.kind}s`) continue;
    price.fill(factor, row, end);
    shares.fill(split, row, end);
    end = row;
    if (action.kind === 'split') {
      factor /= action.ratio;
      split /= action.ratio;
    } else factor *= dividendFactor(bars, action, row);
  }
  price.fill(factor, 0, end);
  shares.fill(split, 0, end);
  if (options.direction === 'forward') {
    for (let i = 0; i < rows; i++) {
      price[i]! /= factor;
      shares[i]! /= split;
    }
  }
  const scale = (column: Float64Array): Float64Array => column.map((value, i) => value * price[i]!);
  return {
    ...bars,
    time: bars.time.slice(),
    open: scale(bars.open),
    high: scale(bars.high),
    low: scale(bars.low),
    close: scale(bars.close),
    volume: bars.volume.map((value, i) => value / shares[i]!),
  };
}

function dividendFactor(bars: Bars, action: { readonly time: number; readonly amount: number }, row: number): number {
  let before = row - 1;
  while (before > 0 && Number.isNaN(bars.close[before]!)) before--;
  const factor = 1 - action.amount / bars.close[before]!;
  if (factor > 0 && factor <= 1) return factor;
  throw new SigmaError('data/bad-number', `a dividend of ${action.amount} on a close of ${bars.close[before]}`, {
    where: `${bars.instrument.symbol} ${formatTime(action.time)}`,
    hint: 'check that the dividend and the price are in the same currency and of the same share count',
  });
}

/**
 * The actions of the symbols (of all when left out), checked, by time; at one time dividends before splits, as they are declared on the old shares.
 * @throws SigmaError data/bad-number, data/bad-time
 */
export function orderActions(actions: readonly CorporateAction[], symbols?: readonly string[]): CorporateAction[] {
  const chosen = symbols === undefined ? undefined : new Set(symbols);
  const kept = actions.filter((action) => chosen === undefined || chosen.has(action.symbol));
  for (const action of kept) {
    const where = `${action.symbol} ${formatTime(action.time)}`;
    if (!Number.isFinite(action.time)) throw new SigmaError('data/bad-time', 'the ex-date is missing', { where });
    const value = action.kind === 'split' ? action.ratio : action.amount;
    if (Number.isFinite(value) && (action.kind === 'split' ? value > 0 : value >= 0)) continue;
    const name = action.kind === 'split' ? 'ratio' : 'amount';
    throw new SigmaError('data/bad-number', `the ${name} of a ${action.kind} is ${value}`, { where });
  }
  return kept.sort((a, b) => a.time - b.time || a.kind.localeCompare(b.kind));
}

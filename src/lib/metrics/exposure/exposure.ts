/** How much was at stake and how much was traded. */
import { type EquityCurve, type FillRecord, type FillRecords, fillRecords } from '../../model/index.ts';
import { defined, quotient } from '../../statistics/index.ts';

export type Exposure = {
  /** Shares of rows with a position, net long, net short. */
  readonly inMarket: number;
  readonly long: number;
  readonly short: number;
  /** Means over rows of gross / equity and net / equity. */
  readonly gross: number;
  readonly net: number;
  readonly maxGross: number;
  readonly meanEquity: number;
  readonly peakEquity: number;
  readonly lowestEquity: number;
  readonly fills: number;
  /** Sum of quantity x price over all fills. */
  readonly traded: number;
  readonly makerTraded: number;
};

/** One pass over the curve and one over the fills. Shares are NaN without rows. */
export function exposureOf(curve: EquityCurve, fills: FillRecords | readonly FillRecord[]): Exposure {
  const { equity, gross, net } = curve;
  const n = equity.length;
  let held = 0;
  let long = 0;
  let short = 0;
  let grossSum = 0;
  let netSum = 0;
  let maxGross = 0;
  let equitySum = 0;
  let peak = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const worth = equity[i]!;
    const g = gross[i]!;
    const d = net[i]!;
    equitySum += worth;
    if (worth > peak) peak = worth;
    if (worth < lowest) lowest = worth;
    if (g !== 0) held++;
    if (d > 0) long++;
    else if (d < 0) short++;
    if (worth <= 0) continue;
    const perUnit = 1 / worth;
    const weight = g * perUnit;
    grossSum += weight;
    netSum += d * perUnit;
    if (weight > maxGross) maxGross = weight;
  }
  return {
    inMarket: quotient(held, n),
    long: quotient(long, n),
    short: quotient(short, n),
    gross: quotient(grossSum, n),
    net: quotient(netSum, n),
    maxGross: n === 0 || Number.isNaN(grossSum) ? Number.NaN : maxGross,
    meanEquity: quotient(equitySum, n),
    peakEquity: defined(peak),
    lowestEquity: defined(lowest),
    fills: fills.length,
    ...valueTraded(fills),
  };
}

function valueTraded(fills: FillRecords | readonly FillRecord[]): Pick<Exposure, 'traded' | 'makerTraded'> {
  const { columns, length } = 'columns' in fills ? fills : fillRecords(fills);
  const { quantity, price, liquidity } = columns;
  let traded = 0;
  let makerTraded = 0;
  for (let row = 0; row < length; row++) {
    const notional = Math.abs(quantity[row]! * price[row]!);
    traded += notional;
    if (liquidity.dictionary.text(liquidity.codes[row]!) === 'maker') makerTraded += notional;
  }
  return { traded, makerTraded };
}

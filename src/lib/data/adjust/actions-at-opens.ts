/** Splits inside of longer bars: such a bar is told in the units of its end, and the split acts at its open. */
import { type Bars, type CorporateAction, closeTime, lowerBound } from '../../model/index.ts';

/** Shorter bars that open in [from, to) are in units of which each became `ratio`. */
export type InnerSplit = {
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
  readonly ratio: number;
};

type ActionsAtOpens = {
  /** Splits at the open of the bar they lie in; dividends after it, but before the split, in the new units. */
  readonly actions: readonly CorporateAction[];
  readonly inner: readonly InnerSplit[];
};

/** Longer bars of shorter ones under splits and dividends: each bar in the units of its end, each split at the open of the bar it lies in. */
export function lengthened(
  shorter: readonly Bars[],
  lengthen: (bars: Bars) => Bars,
  actions: readonly CorporateAction[],
): ActionsAtOpens & { readonly bars: readonly Bars[] } {
  const asRead = shorter.map(lengthen);
  const at = actionsAtOpens(actions, asRead);
  const bars = at.inner.length === 0 ? asRead : shorter.map((one) => lengthen(inUnitsOfEnds(one, at.inner)));
  return { ...at, bars };
}

/** @param longer bars that are made of shorter ones, those of each instrument */
function actionsAtOpens(actions: readonly CorporateAction[], longer: readonly Bars[]): ActionsAtOpens {
  const barsOf = new Map(longer.map((bars) => [bars.instrument.symbol, bars]));
  const openOf = (action: CorporateAction): number => {
    const bars = barsOf.get(action.symbol);
    if (bars === undefined) return action.time;
    const open = bars.time[lowerBound(bars.time, action.time + 1) - 1] ?? action.time;
    return closeTime(bars.timeframe, open) > action.time ? open : action.time;
  };
  const inner: InnerSplit[] = [];
  const innerOf = new Map<string, InnerSplit[]>();
  for (const action of actions) {
    const from = openOf(action);
    const { symbol, time: to } = action;
    if (action.kind !== 'split' || from === to) continue;
    const split = { symbol, from, to, ratio: action.ratio };
    inner.push(split);
    innerOf.set(symbol, [...(innerOf.get(symbol) ?? []), split]);
  }
  if (inner.length === 0) return { actions, inner };
  return {
    actions: actions.map((action) => {
      if (action.kind === 'split') return { ...action, time: openOf(action) };
      const later = (innerOf.get(action.symbol) ?? []).filter((split) => isIn(split, action.time));
      return { ...action, amount: later.reduce((amount, { ratio }) => amount / ratio, action.amount) };
    }),
    inner,
  };
}

/** On the ex-date itself a dividend is declared on the old units. */
function isIn({ from, to }: InnerSplit, time: number): boolean {
  return time > from && time <= to;
}

/** The shorter bars, each in the units of the end of the longer bar it lies in. */
export function inUnitsOfEnds(bars: Bars, inner: readonly InnerSplit[]): Bars {
  const splits = inner.filter(({ symbol }) => symbol === bars.instrument.symbol);
  if (splits.length === 0) return bars;
  const factor = new Float64Array(bars.time.length).fill(1);
  for (const { from, to, ratio } of splits)
    for (let row = lowerBound(bars.time, from); row < lowerBound(bars.time, to); row += 1) factor[row]! *= ratio;
  const price = (column: Float64Array): Float64Array => column.map((value, row) => value / factor[row]!);
  return {
    ...bars,
    open: price(bars.open),
    high: price(bars.high),
    low: price(bars.low),
    close: price(bars.close),
    volume: bars.volume.map((value, row) => value * factor[row]!),
  };
}

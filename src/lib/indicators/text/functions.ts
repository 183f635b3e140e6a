/** What an expression as text can call: everything in the catalogue of indicators, by the signature that the catalogue shows. */
import * as change from '../arithmetic/change.ts';
import * as comparison from '../arithmetic/comparison.ts';
import * as crossing from '../arithmetic/crossing.ts';
import * as elementwise from '../arithmetic/elementwise.ts';
import * as normal from '../arithmetic/normal.ts';
import * as periods from '../arithmetic/period.ts';
import * as adaptive from '../averages/adaptive.ts';
import * as double from '../averages/double.ts';
import * as exponential from '../averages/ema.ts';
import * as simple from '../averages/sma.ts';
import * as weighted from '../averages/weighted.ts';
import type { BarExprs } from '../bars.ts';
import { indicatorCatalog } from '../catalog/catalog.ts';
import * as bollinger from '../channels/bollinger.ts';
import * as donchian from '../channels/donchian.ts';
import * as ichimoku from '../channels/ichimoku.ts';
import * as keltner from '../channels/keltner.ts';
import * as dominantPeriod from '../cycle/dominant-period.ts';
import * as efficiency from '../cycle/efficiency.ts';
import * as filters from '../cycle/filters.ts';
import type { Expr } from '../expression.ts';
import * as graph from '../expression.ts';
import * as cci from '../oscillators/cci.ts';
import * as fisher from '../oscillators/fisher.ts';
import * as macd from '../oscillators/macd.ts';
import * as momentum from '../oscillators/momentum.ts';
import * as pressure from '../oscillators/pressure.ts';
import * as rsi from '../oscillators/rsi.ts';
import * as stochastic from '../oscillators/stochastic.ts';
import * as deviation from '../rolling/deviation.ts';
import * as drawdown from '../rolling/drawdown.ts';
import * as extremes from '../rolling/extremes.ts';
import * as line from '../rolling/line.ts';
import * as moments from '../rolling/moments.ts';
import * as pairs from '../rolling/pairs.ts';
import * as rank from '../rolling/rank.ts';
import * as shape from '../rolling/shape.ts';
import * as sum from '../rolling/sum.ts';
import * as adx from '../trend/adx.ts';
import * as aroon from '../trend/aroon.ts';
import * as psar from '../trend/psar.ts';
import * as supertrend from '../trend/supertrend.ts';
import * as vortex from '../trend/vortex.ts';
import * as atr from '../volatility/atr.ts';
import * as forecast from '../volatility/forecast.ts';
import * as range from '../volatility/range.ts';
import * as accumulation from '../volume/accumulation.ts';
import * as force from '../volume/force.ts';
import * as moneyFlow from '../volume/money-flow.ts';
import * as obv from '../volume/obv.ts';
import * as vwap from '../volume/vwap.ts';
import { type ArgumentKind, argumentsOf } from './signature.ts';

/** What an argument or a result can be. */
export type Value = Expr | number | string | BarExprs | Readonly<Record<string, Expr | number>>;

export type TextFunction = {
  readonly usage: string;
  readonly arguments: readonly { readonly name: string; readonly kind: ArgumentKind }[];
  /** Arguments without a default. */
  readonly required: number;
  readonly call: (...args: readonly Value[]) => Value;
};

const implementations: Readonly<Record<string, unknown>> = Object.assign(
  {},
  ...[change, comparison, crossing, elementwise, normal, periods, adaptive, double, exponential, simple, weighted],
  ...[bollinger, donchian, ichimoku, keltner, dominantPeriod, efficiency, filters, cci, fisher, macd, momentum],
  ...[pressure, rsi, stochastic, deviation, drawdown, extremes, line, moments, pairs, rank, shape, sum, adx, aroon],
  ...[psar, supertrend, vortex, atr, forecast, range, accumulation, force, moneyFlow, obv, vwap, graph],
);

/** Combinations of instruments and timeframes, which the catalogue does not list. */
const combinations = [
  'on(timeframe, x)',
  'of(symbol, x)',
  ...['crossRank(x)', 'crossZscore(x)', 'crossDemean(x)', 'crossMean(x)', 'crossCount(x)'],
];

let found: ReadonlyMap<string, TextFunction> | undefined;

/** By name; the signatures are read when the first expression is. */
export function textFunctions(): ReadonlyMap<string, TextFunction> {
  found ??= new Map([...indicatorCatalog.map((entry) => entry.usage), ...combinations].map(functionOf));
  return found;
}

function functionOf(usage: string): [string, TextFunction] {
  const name = usage.slice(0, usage.indexOf('('));
  const all = argumentsOf(usage);
  const call = implementations[name];
  if (typeof call !== 'function') throw new Error(`invariant broken: the catalogue's '${name}' is no function`);
  return [
    name,
    {
      usage,
      arguments: all.map((a) => ({ name: a.name, kind: a.kind })),
      required: all.filter((a) => !a.optional).length,
      // The signatures differ; the kinds of the arguments are checked before each call.
      call: call as TextFunction['call'],
    },
  ];
}

/** How far before the start bars must be read so that signals are warm when decisions begin. */
import type { RunConfig } from '../engine/index.ts';
import { bars as barExprs, type Expr } from '../indicators/index.ts';
import { approximateMs, DAY, type Timeframe } from '../model/index.ts';
import {
  type ArtifactSet,
  bindArtifacts,
  type ParamSpecs,
  type ParamValues,
  type Strategy,
} from '../strategy/index.ts';

/** Recursive averages forget their start only gradually: after this many warm-up lengths what is left of it is far below a tick. */
const SETTLING = 4;

/** Milliseconds before the start at which reading begins; calendar gaps (weekends, holidays, nights) allowed for. */
export function warmupSpan(
  strategy: Strategy,
  params: ParamValues<ParamSpecs>,
  config: RunConfig,
  timeframe: Timeframe,
  artifacts: ArtifactSet = {},
): number {
  const { signals, universe } = bindArtifacts(strategy, params, artifacts).strategy;
  const asked: readonly Expr[] = [
    ...Object.values(signals?.(barExprs, params) ?? {}),
    ...(universe === undefined ? [] : [universe(barExprs, params)]),
  ];
  const { sizing } = config;
  const sizingBars = 'period' in sizing ? sizing.period + 1 : 0;
  const longest = Math.max(
    sizingBars * approximateMs(timeframe),
    ...asked.map((expression) => span(expression, timeframe)),
  );
  if (longest === 0) return 0;
  const yearMs = 365.2425 * DAY;
  const tradingMs = Math.min(yearMs, config.periodsPerYear * approximateMs(timeframe));
  return Math.ceil(longest * SETTLING * (yearMs / tradingMs)) + 10 * DAY;
}

/** Warm-up of an expression in milliseconds of market time; parts on longer timeframes count in their own bars. */
function span(expression: Expr, timeframe: Timeframe): number {
  const own = expression.warmup * approximateMs(timeframe);
  switch (expression.kind) {
    case 'kernel':
      return Math.max(
        own,
        expression.kernel.warmup * approximateMs(timeframe) +
          Math.max(0, ...expression.inputs.map((e) => span(e, timeframe))),
      );
    case 'timeframe':
      return span(expression.of, expression.timeframe) + approximateMs(expression.timeframe);
    case 'instrument':
    case 'cross':
      return span(expression.of, timeframe);
    default:
      return own;
  }
}

/** Indicators: streaming kernels and the causal expressions that combine them. */

export { bucketOpen } from './aggregate.ts';
export { cumulativeMax, cumulativeMin, cumulativeSum, diff, lag, logReturn, roc } from './arithmetic/change.ts';
export { and, eq, ge, gt, le, lt, not, or, where } from './arithmetic/comparison.ts';
export { barsSince, crosses, crossesAbove, crossesBelow, falling, rising, valueWhen } from './arithmetic/crossing.ts';
export {
  abs,
  add,
  addScaled,
  clip,
  div,
  divOr,
  exp,
  log,
  max,
  min,
  mul,
  neg,
  power,
  sign,
  sqrt,
  sub,
} from './arithmetic/elementwise.ts';
export { normalCdf } from './arithmetic/normal.ts';
export { periodOpen } from './arithmetic/period.ts';
export { follow, frama, kama, mcginley, vidya } from './averages/adaptive.ts';
export { dema, hma, t3, tema, trima, zlema } from './averages/double.ts';
export { ema, ewma, rma } from './averages/ema.ts';
export { sma } from './averages/sma.ts';
export { alma, vwma } from './averages/weighted.ts';
export { type BarExprs, bars } from './bars.ts';
export { indicatorCatalog } from './catalog/catalog.ts';
export type { FlatValue, IndicatorEntry, IndicatorGroup } from './catalog/entry.ts';
export { exampleWarmup, isRecursive, renderIndicatorDocs } from './catalog/render.ts';
export { type Bollinger, bollinger } from './channels/bollinger.ts';
export { type Channel, donchian } from './channels/donchian.ts';
export { type Ichimoku, ichimoku } from './channels/ichimoku.ts';
export { type Chandelier, chandelier, keltner } from './channels/keltner.ts';
export { dominantPeriod } from './cycle/dominant-period.ts';
export { choppiness, efficiencyRatio, hurst, varianceRatio } from './cycle/efficiency.ts';
export { decycler, highPass, roofingFilter, superSmoother } from './cycle/filters.ts';
export { evaluate, evaluateAll } from './evaluate.ts';
export { createEvaluator, type Evaluator, type EvaluatorOptions } from './evaluator.ts';
export {
  apply,
  type CrossOperation,
  constant,
  crossCount,
  crossDemean,
  crossMean,
  crossRank,
  crossZscore,
  type Expr,
  type Field,
  field,
  type Operand,
  of,
  on,
  toExpr,
} from './expression.ts';
export { createInstantValues, type InstantOptions, type InstantValues } from './instant-values.ts';
export { defineKernel, type Kernel, type KernelSpec, type Scan, type Step } from './kernel.ts';
export { cci, typicalPrice } from './oscillators/cci.ts';
export { type Fisher, fisher } from './oscillators/fisher.ts';
export { apo, type Macd, macd, ppo } from './oscillators/macd.ts';
export { awesome, coppock, dpo, type Kst, kst, trix, tsi } from './oscillators/momentum.ts';
export { bop, ultimate } from './oscillators/pressure.ts';
export { cmo, rsi } from './oscillators/rsi.ts';
export {
  placeInRange,
  type Stochastic,
  stochastic,
  stochasticFast,
  stochasticRsi,
  williamsR,
} from './oscillators/stochastic.ts';
export { rollingMad, rollingMeanDeviation } from './rolling/deviation.ts';
export { rollingMaxDrawdown, rollingUlcerIndex, runningDrawdown } from './rolling/drawdown.ts';
export { barsSinceHighest, barsSinceLowest, highest, lowest } from './rolling/extremes.ts';
export {
  lsma,
  regressionForecast,
  regressionIntercept,
  regressionR2,
  regressionSlope,
  wma,
} from './rolling/line.ts';
export { rollingStdev, rollingVariance, rollingZscore } from './rolling/moments.ts';
export { rollingAutocorrelation, rollingBeta, rollingCorrelation, rollingCovariance } from './rolling/pairs.ts';
export { rollingMedian, rollingQuantile, rollingRank } from './rolling/rank.ts';
export { rollingKurtosis, rollingSkew } from './rolling/shape.ts';
export { rollingSum } from './rolling/sum.ts';
export { parseExpression } from './text/parse-expression.ts';
export { adx, adxr, dx, minusDi, plusDi } from './trend/adx.ts';
export { type Aroon, aroon } from './trend/aroon.ts';
export { psar } from './trend/psar.ts';
export { type Supertrend, supertrend } from './trend/supertrend.ts';
export { type Vortex, vortex } from './trend/vortex.ts';
export { atr, natr, trueRange } from './volatility/atr.ts';
export {
  ewmaVolatility,
  type GarchParameters,
  garchVolatility,
  type HarParameters,
  harForecast,
  realizedVolatility,
} from './volatility/forecast.ts';
export { garmanKlass, parkinson, rogersSatchell, yangZhang } from './volatility/range.ts';
export { adl, chaikinOscillator, cmf, moneyFlowVolume } from './volume/accumulation.ts';
export { easeOfMovement, forceIndex, nvi, pvi, vpt } from './volume/force.ts';
export { mfi } from './volume/money-flow.ts';
export { obv } from './volume/obv.ts';
export { anchoredVwap, sessionVwap, vwap } from './volume/vwap.ts';
export { createWorkbench, type Workbench } from './workbench.ts';

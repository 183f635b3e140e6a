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
export { ema, rma } from './averages/ema.ts';
export { sma } from './averages/sma.ts';
export { type BarExprs, bars } from './bars.ts';
export { type Bollinger, bollinger } from './channels/bollinger.ts';
export { type Channel, donchian } from './channels/donchian.ts';
export { evaluate, evaluateAll } from './evaluate.ts';
export { createEvaluator, type Evaluator, type EvaluatorOptions, instantEnd } from './evaluator.ts';
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
export { defineKernel, type Kernel, type KernelSpec, type Scan, type Step } from './kernel.ts';
export { apo, type Macd, macd, ppo } from './oscillators/macd.ts';
export { cmo, rsi } from './oscillators/rsi.ts';
export {
  placeInRange,
  type Stochastic,
  stochastic,
  stochasticFast,
  stochasticRsi,
  williamsR,
} from './oscillators/stochastic.ts';
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
export { rollingSum } from './rolling/sum.ts';
export { adx, adxr, dx, minusDi, plusDi } from './trend/adx.ts';
export { atr, natr, trueRange } from './volatility/atr.ts';
export { obv } from './volume/obv.ts';

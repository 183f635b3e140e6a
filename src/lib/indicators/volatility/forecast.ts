/** Volatility of log returns: realised, exponentially weighted, and the forecasts of GARCH(1,1) and HAR. Per bar, as a fraction; times sqrt(bars per year) it is annual. */
import { SigmaError } from '../../core/index.ts';
import { logReturn } from '../arithmetic/change.ts';
import { add, addScaled, mul, sqrt } from '../arithmetic/elementwise.ts';
import { ewma } from '../averages/ema.ts';
import { sma } from '../averages/sma.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { finite, period, positive, ranged } from '../parameter.ts';
import { rollingStdev } from '../rolling/moments.ts';

/** Sample standard deviation of the last n log returns of x; 0 on flat input. */
export const realizedVolatility = (x: Operand, n = 20): Expr => rollingStdev(logReturn(x, 1), n, 1);

/** RiskMetrics (1996): root of the mean of squared log returns weighed by lambda^age; it starts at the first squared return; 0 on flat input. */
export function ewmaVolatility(x: Operand, lambda = 0.94): Expr {
  ranged('ewmaVolatility lambda', lambda, 0, 1);
  const change = logReturn(x, 1);
  return sqrt(ewma(mul(change, change), 1 - lambda));
}

export type GarchParameters = {
  /** Constant of the variance, above 0. */
  readonly omega: number;
  /** Weight of the last squared return, 0 to 1. */
  readonly alpha: number;
  /** Weight of the last variance, 0 to 1; alpha + beta below 1. */
  readonly beta: number;
};

type Variance = GarchParameters & { value: number };

function garchStep(s: Variance, change: number): number {
  s.value = s.omega + s.alpha * change * change + s.beta * s.value;
  return Math.sqrt(s.value);
}

/**
 * GARCH(1,1) (Bollerslev 1986) with given parameters: volatility forecast at a bar for the next one, v' = omega +
 * alpha r^2 + beta v, from log returns of x, started at the long-run variance omega / (1 - alpha - beta).
 */
export function garchVolatility(x: Operand, parameters: GarchParameters): Expr {
  const omega = positive('garch omega', parameters.omega);
  const alpha = ranged('garch alpha', parameters.alpha, 0, 1);
  const beta = ranged('garch beta', parameters.beta, 0, 1);
  if (alpha + beta >= 1)
    throw new SigmaError('usage/bad-parameter', `${alpha + beta} is not below 1`, { where: 'garch alpha + beta' });
  return apply(
    defineKernel<Variance>({
      name: 'garchVolatility',
      args: [omega, alpha, beta],
      arity: 1,
      warmup: 0,
      recursive: true,
      init: () => ({ omega, alpha, beta, value: omega / (1 - alpha - beta) }),
      step: garchStep,
    }),
    logReturn(x, 1),
  );
}

export type HarParameters = {
  readonly constant: number;
  readonly short: number;
  readonly middle: number;
  readonly long: number;
};

/**
 * HAR forecast (Corsi 2009) with given coefficients: constant + short v + middle mean(v, 5) + long mean(v, 22), v a
 * realised volatility or variance per bar; in units of v. The lengths stand for a day, a week and a month.
 */
export function harForecast(v: Operand, coefficients: HarParameters, middle = 5, long = 22): Expr {
  finite('har constant', coefficients.constant);
  period('har long', long, period('har middle', middle));
  const near = add(mul(v, coefficients.short), coefficients.constant);
  return addScaled(addScaled(near, sma(v, middle), coefficients.middle), sma(v, long), coefficients.long);
}

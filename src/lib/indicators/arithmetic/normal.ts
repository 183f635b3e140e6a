/** The normal distribution function, element-wise. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';

/** Coefficients of Hart's approximation 5666 (1968) as given by West, "Better approximations to cumulative normal functions" (2005). */
const above = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
] as const;
const below = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
] as const;

function polynomial(coefficients: readonly number[], x: number): number {
  let y = 0;
  for (const c of coefficients) y = y * x + c;
  return y;
}

function lowerTail(distance: number): number {
  if (distance > 37) return 0;
  const density = Math.exp((-distance * distance) / 2);
  if (distance < 7.07106781186547) return (density * polynomial(above, distance)) / polynomial(below, distance);
  const fraction = distance + 1 / (distance + 2 / (distance + 3 / (distance + 4 / (distance + 0.65))));
  return density / fraction / 2.506628274631;
}

const kernel = defineKernel<null>({
  name: 'normalCdf',
  arity: 1,
  warmup: 0,
  init: () => null,
  step: (_: null, x: number) => (x > 0 ? 1 - lowerTail(x) : lowerTail(-x)),
});

/** Probability that a standard normal variable is at most x, 0 to 1, within 2e-15 (8 digits below -7): turns a z-score into a bounded signal. */
export const normalCdf = (x: Operand): Expr => apply(kernel, x);

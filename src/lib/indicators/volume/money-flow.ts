/** The money flow index. */
import { diff } from '../arithmetic/change.ts';
import { add, divOr, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { typicalPrice } from '../oscillators/cci.ts';
import { rollingSum } from '../rolling/sum.ts';

const upKernel = defineKernel<null>({
  name: 'flowUp',
  arity: 2,
  warmup: 0,
  init: () => null,
  step: (_: null, flow: number, change: number) => (change > 0 ? flow : 0),
});
const downKernel = defineKernel<null>({
  name: 'flowDown',
  arity: 2,
  warmup: 0,
  init: () => null,
  step: (_: null, flow: number, change: number) => (change < 0 ? flow : 0),
});

/**
 * Money flow index (Quong & Soudack 1989), 0 to 100: share of typical price times volume on bars where the typical price
 * rose, over n bars; 50 where nothing moved or was traded.
 */
export function mfi(bars: BarExprs, n = 14): Expr {
  const price = typicalPrice(bars);
  const flow = mul(price, bars.volume);
  const change = diff(price, 1);
  const up = rollingSum(apply(upKernel, flow, change), n);
  const down = rollingSum(apply(downKernel, flow, change), n);
  return mul(divOr(up, add(up, down), 0.5), 100);
}

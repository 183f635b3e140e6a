/** The strategy of the benchmarks over many instruments: looks at every bar and trades when a close leaves its average by 2 %. */
import { bars, defineStrategy, ema } from 'sigma-quant';

export const scanner = defineStrategy({
  name: 'bench-scanner',
  signals: () => ({ mean: ema(bars.close, 200) }),
  onBar: (ctx) => {
    const { close } = ctx.bar;
    const { mean } = ctx.signals;
    const { quantity } = ctx.position();
    if (quantity === 0 && close > 1.02 * mean) ctx.submit({ kind: 'market', side: 'buy', quantity: 1 });
    else if (quantity > 0 && close < 0.98 * mean) ctx.submit({ kind: 'market', side: 'sell', quantity });
  },
});

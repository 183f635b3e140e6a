/** The handler strategy of the event benchmark: three indicators, an ATR trailing stop and a take-profit that cancel one another, fees, equity at each bar. */
import { atr, defineStrategy, ema, rsi } from 'sigma-quant';

export const trend = defineStrategy({
  name: 'bench-trend',
  signals: (bars) => ({ trend: ema(bars.close, 50), momentum: rsi(bars.close, 14), range: atr(bars, 14) }),
  onBar: (ctx) => {
    const { close } = ctx.bar;
    const { trend, momentum, range } = ctx.signals;
    if (ctx.position().quantity !== 0 || ctx.orders().length > 0) return;
    if (!(close > trend && momentum > 60)) return;
    ctx.submit({
      kind: 'market',
      side: 'buy',
      quantity: 1,
      bracket: { trailing: { price: 10 * range }, takeProfit: close + 20 * range },
    });
  },
});

/** Donchian breakout with an ATR trailing stop, after the Turtle rules (Faith 2003): orders of its own, not targets. */
import { atr, boolean, defineStrategy, donchian, integer, lag, number } from 'sigma-quant';

export default defineStrategy({
  name: 'breakout',
  description: 'Enters on a close beyond the Donchian channel of the bars before it; leaves by an ATR trailing stop.',
  params: {
    entry: integer({ default: 55, min: 5, max: 400, description: 'Bars of the channel' }),
    atrPeriod: integer({ default: 20, min: 2, max: 200, description: 'Bars of the average true range' }),
    stop: number({ default: 4, min: 0.5, max: 20, step: 0.5, description: 'Distance of the trailing stop in ATRs' }),
    risk: number({ default: 0.05, min: 0.001, max: 0.5, description: "Part of the slot's equity lost at the stop" }),
    short: boolean({ default: false, description: 'Sell below the channel as well' }),
  },
  signals: (bars, p) => {
    const channel = donchian(bars, p.entry);
    return { upper: lag(channel.upper, 1), lower: lag(channel.lower, 1), range: atr(bars, p.atrPeriod) };
  },
  onBar: (ctx) => {
    if (ctx.position().quantity !== 0) return;
    const { upper, lower, range } = ctx.signals;
    const { close } = ctx.bar;
    const side = close > upper ? 'buy' : ctx.params.short && close < lower ? 'sell' : undefined;
    const distance = range * ctx.params.stop;
    if (side === undefined || !(distance > 0) || ctx.orders().length > 0) return;
    // At most the slot itself: in a calm market the risk alone would ask for more than there is.
    const slot = Math.max(0, ctx.equity) / ctx.symbols.length;
    const quantity = Math.min((slot * ctx.params.risk) / distance, slot / close);
    if (!(quantity > 0)) return;
    ctx.submit({ kind: 'market', side, quantity, bracket: { trailing: { price: distance } }, tag: `breakout ${side}` });
  },
});

/** Mean reversion on Bollinger bands (Bollinger 2001): buy weakness, sell back at the average. */
import { bollinger, boolean, defineStrategy, integer, number } from 'sigma-quant';

export default defineStrategy({
  name: 'mean-reversion',
  description:
    'Buys a close below the lower Bollinger band and leaves at the middle; optionally sells above the upper.',
  params: {
    period: integer({ default: 20, min: 5, max: 200, description: 'Bars of the average and its deviation' }),
    width: number({ default: 2, min: 0.5, max: 5, step: 0.1, description: 'Bands in standard deviations' }),
    short: boolean({ default: false, description: 'Sell above the upper band' }),
  },
  signals: ({ close }, p) => {
    const { upper, middle, lower } = bollinger(close, p.period, p.width);
    return { upper, middle, lower };
  },
  target: (row, p, held) => {
    if (row.close < row.lower) return 1;
    if (row.close > row.upper) return p.short ? -1 : 0;
    if (held > 0) return row.close >= row.middle ? 0 : held;
    if (held < 0) return row.close <= row.middle ? 0 : held;
    return 0;
  },
});

/** Moving-average cross: the oldest trend rule (Brock, Lakonishok and LeBaron 1992 test it), with a band against whipsaws. */
import { boolean, choice, defineStrategy, ema, integer, number, sma } from 'sigma-quant';

export default defineStrategy({
  name: 'moving-average-cross',
  description: 'Long while the fast average is above the slow one, short or flat while it is below.',
  params: {
    fast: integer({ default: 20, min: 2, max: 200, description: 'Bars of the fast average' }),
    slow: integer({ default: 100, min: 5, max: 500, description: 'Bars of the slow average' }),
    band: number({ default: 0.01, min: 0, max: 0.1, description: 'Distance that must be passed to turn, a fraction' }),
    average: choice({ default: 'simple', options: ['simple', 'exponential'], description: 'Kind of average' }),
    short: boolean({ default: true, description: 'Go short below instead of flat' }),
  },
  signals: ({ close }, p) => {
    const average = p.average === 'simple' ? sma : ema;
    return { fast: average(close, p.fast), slow: average(close, p.slow) };
  },
  target: (row, p, held) => {
    if (row.fast > row.slow * (1 + p.band)) return 1;
    if (row.fast < row.slow * (1 - p.band)) return p.short ? -1 : 0;
    return held;
  },
});

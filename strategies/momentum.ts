/** Time-series momentum (Moskowitz, Ooi and Pedersen 2012): follow the sign of an instrument's own past return. */
import { defineStrategy, integer, number, roc } from 'sigma-quant';

export default defineStrategy({
  name: 'momentum',
  description: 'Long after a rise of more than the threshold over the lookback, short after such a fall.',
  params: {
    lookback: integer({ default: 90, min: 5, max: 400, description: 'Bars over which the return is measured' }),
    threshold: number({ default: 0.05, min: 0, max: 0.5, description: 'Return that turns the position, a fraction' }),
  },
  signals: ({ close }, p) => ({ momentum: roc(close, p.lookback) }),
  // Between the thresholds the position stays, so that a return near zero does not trade back and forth.
  target: (row, p, held) => (row.momentum > p.threshold ? 1 : row.momentum < -p.threshold ? -1 : held),
});

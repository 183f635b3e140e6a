/** Buy and hold: the baseline that everything else has to beat after costs. */
import { defineStrategy } from 'sigma-quant';

export default defineStrategy({
  name: 'buy-and-hold',
  description: 'Buys every instrument once, an equal share of the equity each, and keeps it.',
  target: () => 1,
});

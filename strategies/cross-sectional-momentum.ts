/** Cross-sectional momentum (Jegadeesh and Titman 1993): hold last year's winners among the instruments, chosen monthly. */
import { boolean, crossRank, defineStrategy, integer, lag, number, roc } from 'sigma-quant';

export default defineStrategy({
  name: 'cross-sectional-momentum',
  description: 'Ranks the universe by past return each month; holds the top quantile, optionally against the bottom.',
  params: {
    lookback: integer({ default: 231, min: 5, max: 520, description: 'Bars over which the return is measured' }),
    skip: integer({ default: 21, min: 0, max: 60, description: 'Latest bars left out: short-term returns reverse' }),
    quantile: number({ default: 0.1, min: 0.01, max: 0.5, description: 'Share of the universe held' }),
    short: boolean({ default: false, description: 'Sell the bottom quantile as well' }),
  },
  signals: ({ close }, p) => ({
    rank: crossRank(roc(p.skip === 0 ? close : lag(close, p.skip), p.lookback)),
  }),
  target: (row, p) => {
    if (row.rank >= 1 - p.quantile) return 1;
    if (p.short && row.rank <= p.quantile) return -1;
    return 0;
  },
  rebalance: 'month',
  allocation: 'normalised',
});

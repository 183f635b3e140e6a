/** Pairs trading (Gatev, Goetzmann and Rouwenhorst 2006; hedge ratio by regression of log prices): sell the spread when it is wide, leave when it has closed. */
import {
  choice,
  constant,
  defineStrategy,
  div,
  integer,
  log,
  mul,
  number,
  of,
  rollingBeta,
  rollingCorrelation,
  rollingStdev,
  rollingZscore,
  sma,
  sqrt,
  sub,
  text,
} from 'sigma-quant';

type Bands = { readonly entry: number; readonly exit: number };

/** 1 holds a and sells b against it, -1 the other way round. */
function nextSide(zscore: number, side: number, { entry, exit }: Bands): number {
  if (zscore > entry) return -1;
  if (zscore < -entry) return 1;
  if (side > 0 && zscore >= -exit) return 0;
  if (side < 0 && zscore <= exit) return 0;
  return side;
}

export default defineStrategy({
  name: 'pairs',
  description:
    'Trades the spread of two instruments back to its mean, hedged by a rolling regression or a fixed ratio.',
  params: {
    a: text({ default: 'KO', description: 'Symbol of the first instrument' }),
    b: text({ default: 'PEP', description: 'Symbol of the second, the hedge' }),
    hedge: choice({
      default: 'regression',
      options: ['regression', 'fixed'],
      description: 'Where the ratio comes from',
    }),
    ratio: number({ default: 1, min: 0.01, max: 100, description: 'Value of b against one of a, when fixed' }),
    window: integer({ default: 60, min: 10, max: 1000, description: 'Bars of the regression and the z-score' }),
    entry: number({ default: 2, min: 0.5, max: 6, step: 0.1, description: 'z-score that opens' }),
    exit: number({ default: 0.5, min: 0, max: 3, step: 0.1, description: 'z-score that closes' }),
  },
  signals: ({ close }, p) => {
    const a = of(p.a, log(close));
    const b = of(p.b, log(close));
    if (p.hedge === 'fixed') {
      return { ratio: constant(p.ratio), zscore: rollingZscore(sub(a, mul(b, p.ratio)), p.window) };
    }
    // The last residual of the window's own regression: a spread made of each bar's ratio would jump with the ratio.
    const ratio = rollingBeta(a, b, p.window);
    const residual = sub(sub(a, sma(a, p.window)), mul(ratio, sub(b, sma(b, p.window))));
    const correlation = rollingCorrelation(a, b, p.window);
    const deviation = mul(rollingStdev(a, p.window), sqrt(sub(1, mul(correlation, correlation))));
    return { ratio, zscore: div(residual, deviation) };
  },
  target: (row, p, held) => {
    const isFirst = row.symbol === p.a;
    if (!isFirst && row.symbol !== p.b) return 0;
    const before = isFirst ? Math.sign(held) : -Math.sign(held);
    const side = nextSide(row.zscore, before, p);
    if (side === before) return held;
    // Instruments that move against each other are no hedge: such a spread is left, never entered.
    if (side === 0 || !(row.ratio > 0)) return 0;
    const first = side / (1 + row.ratio);
    return isFirst ? first : -first * row.ratio;
  },
  allocation: 'portfolio',
});

/** The channels that a specification may call by name alone, as expressions over bars. */

/** What a channel is, and by whom. */
type StandardChannel = { readonly expression: string; readonly means: string; readonly source: string };

/** log(c^2 / (high low)) is 2 (c - middle of the log range). */
const closeToMiddles =
  '(log(lag(close, 1) ^ 2 / (lag(high, 1) * lag(low, 1))) * log(lag(close, 1) ^ 2 / (high * low)))';

export const standardChannels: Readonly<Record<string, StandardChannel>> = {
  return: {
    expression: 'logReturn(close, 1)',
    means: 'log return from close to close',
    source: 'definition',
  },
  activity: {
    expression: 'log(volume)',
    means: 'log volume; a bar without trades is passed over',
    source: 'definition',
  },
  spread: {
    expression: `sign(${closeToMiddles}) * sqrt(abs(${closeToMiddles}))`,
    means:
      'effective spread as a fraction of the price: signed root of 4 (c - m) (c - n), c the log close before, m and n the middles of the log ranges before and now',
    source: 'Abdi and Ranaldo 2017, one term of their mean with its sign kept',
  },
  impact: {
    expression: 'sqrt(abs(logReturn(close, 1)) / (close * volume))',
    means: 'root of absolute log return by money traded: the root tames the tail',
    source: 'Amihud 2002',
  },
  range: { expression: 'log(high / low)', means: 'log of high over low', source: 'definition' },
  imbalance: {
    expression: '2 * normalCdf(divOr(diff(close, 1), rollingStdev(diff(close, 1), 50), 0)) - 1',
    means:
      'share of volume bought less share sold, -1 to 1, by the size of the change of price over its deviation in 50 bars',
    source: "bulk volume classification, Easley, Lopez de Prado and O'Hara 2012",
  },
};

/** What a synthetic market is made from: one document, checked, that with its seed gives the same bars for ever. */
import { z } from 'zod';
import { didYouMean, SigmaError } from '../../core/index.ts';
import { parseTime } from '../../model/index.ts';
import { calendarNames } from '../calendar/index.ts';
import { marketEvent } from './events.ts';
import { isoTime } from './iso-time.ts';

const regime = z.strictObject({
  name: z.string().min(1),
  /** Added to every asset's drift, as a return a year, continuously compounded. */
  drift: z.number().min(-20).max(20),
  /** Multiplies every asset's volatility. */
  volatility: z.number().positive().max(20),
  /** Mean length of a stay, in sessions; stays are geometric and the next regime is any other with equal chance. */
  sessions: z.number().positive(),
});

const asset = z.strictObject({
  symbol: z.string().min(1),
  kind: z.enum(['equity', 'index', 'fx', 'spot', 'perpetual', 'future']).default('spot'),
  currency: z.string().min(1).default('USD'),
  /** Price before the first bar. */
  price: z.number().positive(),
  /** Expected return a year, continuously compounded, before the regime's. */
  drift: z.number().min(-10).max(10).default(0),
  /** Standard deviation of log returns a year in a regime of volatility 1, jumps apart. */
  volatility: z.number().positive().max(10),
  /** Correlation with the market factor: two assets correlate by the product of theirs. */
  correlation: z.number().min(-1).max(1).default(0.6),
  /** Median volume of a bar of ordinary range, in units. */
  volume: z.number().positive().default(1000),
  tickSize: z.number().min(0).default(0),
  lotSize: z.number().min(0).default(0),
  /** Pulls the price back to its drift line, half of the way in so many bars: a market in a range. */
  reversion: z.strictObject({ halfLifeBars: z.number().positive() }).nullable().default(null),
  /**
   * Follows an asset that stands before it in the list instead of the market: log price = ratio x the leader's + a spread that
   * returns to its mean (Ornstein-Uhlenbeck) with this stationary deviation (log) and half-life.
   */
  follows: z
    .strictObject({
      symbol: z.string().min(1),
      ratio: z.number().min(-10).max(10).default(1),
      deviation: z.number().positive().max(2),
      halfLifeBars: z.number().positive(),
    })
    .nullable()
    .default(null),
});

/** Every field but seed, times and assets has a default. */
export const syntheticSpecSchema = z.strictObject({
  seed: z.number().int(),
  /** Up to one day; resample for longer. */
  timeframe: z.string().regex(/^([1-9]\d{0,3}[smh]|1d)$/, 'is not a timeframe of up to one day'),
  from: isoTime,
  /** First time that has no bar any more. */
  to: isoTime,
  calendar: z.enum(calendarNames).default('24/7'),
  regimes: z
    .array(regime)
    .min(1)
    .max(16)
    .default([
      { name: 'calm', drift: 0.1, volatility: 0.6, sessions: 40 },
      { name: 'bull', drift: 0.8, volatility: 0.9, sessions: 30 },
      { name: 'bear', drift: -0.9, volatility: 1.2, sessions: 20 },
      { name: 'volatile', drift: -0.2, volatility: 1.8, sessions: 8 },
    ]),
  /** GARCH(1,1) of the common variance: reaction and persistence a bar, with unit mean (Bollerslev 1986). */
  garch: z
    .strictObject({ alpha: z.number().min(0).max(0.5), beta: z.number().min(0).max(0.999) })
    .refine((g) => g.alpha + g.beta < 1, 'alpha + beta must be below 1')
    .default({ alpha: 0.06, beta: 0.92 }),
  /** Degrees of freedom of the Student t innovations, scaled to unit variance; null for normal ones. */
  tail: z.number().min(2.5).nullable().default(5),
  /** Compound Poisson jumps of each asset alone; sizes are normal log returns. */
  jumps: z
    .strictObject({ perYear: z.number().min(0).max(1000), mean: z.number(), deviation: z.number().min(0).max(1) })
    .default({ perYear: 6, mean: -0.01, deviation: 0.04 }),
  /** How volatility and volume move in a session: evenly, high at both ends (exchanges), or a daily wave that peaks at 15:00 UTC. */
  activity: z.enum(['flat', 'u-shaped', 'daily-wave']).default('flat'),
  /** Return from close to next session's open, as a multiple of one bar's volatility; 0 opens at the close before. */
  gap: z.number().min(0).max(20).default(0),
  /** Steps of the path inside a bar: more make wider ranges for the same return. */
  steps: z.number().int().min(2).max(64).default(8),
  assets: z.array(asset).min(1).max(10_000),
  /** What happens by script on top of chance. */
  events: z.array(marketEvent).max(1000).default([]),
});

/** A specification as written, with defaults left out. */
export type SyntheticSpec = z.input<typeof syntheticSpecSchema>;
export type CompleteSyntheticSpec = z.output<typeof syntheticSpecSchema>;

/**
 * Fills in the defaults.
 * @throws SigmaError usage/bad-option naming the key; usage/empty-range
 */
export function parseSyntheticSpec(spec: unknown, where = 'synthetic market'): CompleteSyntheticSpec {
  const parsed = syntheticSpecSchema.safeParse(spec);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue === undefined ? '' : issue.path.join('.');
    throw new SigmaError('usage/bad-option', `${key || 'the specification'}: ${issue?.message ?? ''}`, { where });
  }
  const { from, to, assets, events } = parsed.data;
  if (parseTime(from) >= parseTime(to)) {
    throw new SigmaError('usage/empty-range', `from ${from} is not before to ${to}`, { where });
  }
  if (new Set(assets.map((each) => each.symbol)).size < assets.length) {
    throw new SigmaError('usage/bad-option', 'assets: two have the same symbol', { where });
  }
  requireLeaders(assets, where);
  requireKnown(events, assets, where);
  return parsed.data;
}

function requireLeaders(assets: CompleteSyntheticSpec['assets'], where: string): void {
  for (const [k, { follows }] of assets.entries()) {
    if (follows === null || assets.slice(0, k).some((each) => each.symbol === follows.symbol)) continue;
    throw new SigmaError(
      'usage/bad-option',
      `assets.${k}.follows.symbol: '${follows.symbol}' does not stand before it`,
      {
        where,
        hint: 'list the leader first',
      },
    );
  }
}

function requireKnown(
  events: CompleteSyntheticSpec['events'],
  assets: CompleteSyntheticSpec['assets'],
  where: string,
): void {
  const symbols = assets.map((each) => each.symbol);
  for (const [k, event] of events.entries()) {
    const unknown = event.assets?.find((symbol) => !symbols.includes(symbol));
    if (unknown === undefined) continue;
    throw new SigmaError('usage/bad-option', `events.${k}.assets: there is no asset '${unknown}'`, {
      where,
      hint: didYouMean(unknown, symbols) || `there are ${symbols.join(', ')}`,
    });
  }
}

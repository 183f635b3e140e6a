/** What a scenario file may hold: a market, terms of the account, and what each strategy is expected to make of it. */
import { z } from 'zod';
import { syntheticSpecSchema } from '../data/index.ts';

const count = z.number().int().min(0);
const part = z.number().min(0).max(1);
const amount = z.number().min(0);

const fees = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bps'), maker: z.number(), taker: z.number(), minimum: amount.exactOptional() }),
  z.strictObject({
    kind: z.literal('per-share'),
    amount,
    perOrder: amount.exactOptional(),
    minimum: amount.exactOptional(),
    maximumFraction: part.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('per-order'), amount }),
]);

const slippage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('fixed'), bps: amount, volumeLimit: part.exactOptional() }),
  z.strictObject({ kind: z.literal('volume-share'), volumeLimit: part, priceImpact: amount }),
  z.strictObject({ kind: z.literal('square-root'), y: amount, participation: part }),
]);

const period = z.number().int().min(2);
const sizing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weight') }),
  z.strictObject({ kind: z.literal('fixed'), quantity: amount.exactOptional(), notional: amount.exactOptional() }),
  z.strictObject({ kind: z.literal('atr'), period, multiple: amount, risk: part }),
  z.strictObject({ kind: z.literal('volatility'), period, target: amount, maxLeverage: amount }),
  z.strictObject({ kind: z.literal('kelly'), period, fraction: part, maxLeverage: amount }),
]);

const limit = z.strictObject({ fraction: part, action: z.enum(['block', 'flatten', 'stop']) });
const risk = z.strictObject({
  maxOrderNotional: amount.exactOptional(),
  maxPositionWeight: amount.exactOptional(),
  maxGrossLeverage: amount.exactOptional(),
  maxNetLeverage: amount.exactOptional(),
  maxOpenOrders: count.exactOptional(),
  maxOrdersPerInstant: count.exactOptional(),
  drawdownScaling: z.strictObject({ from: part, to: part }).exactOptional(),
  maxDrawdown: limit.exactOptional(),
  maxDailyLoss: limit.exactOptional(),
  onBreach: z.enum(['cut', 'reject']).exactOptional(),
});

const account = z.strictObject({
  currency: z.string().min(1).exactOptional(),
  kind: z.enum(['cash', 'margin']).exactOptional(),
  leverage: z.number().positive().exactOptional(),
  maintenance: part.exactOptional(),
  borrowRate: amount.exactOptional(),
  interestRate: amount.exactOptional(),
});

const execution = z.strictObject({
  fill: z.enum(['open', 'close']).exactOptional(),
  spreadBps: amount.exactOptional(),
  latencyMs: amount.exactOptional(),
});

const terms = z.strictObject({
  cash: z.number().positive().exactOptional(),
  account: account.exactOptional(),
  fees: fees.exactOptional(),
  slippage: slippage.exactOptional(),
  execution: execution.exactOptional(),
  path: z.enum(['pessimistic', 'optimistic', 'open-nearest']).exactOptional(),
  sizing: sizing.exactOptional(),
  wholeUnits: z.boolean().exactOptional(),
  risk: risk.exactOptional(),
  benchmark: z.string().min(1).exactOptional(),
  seed: z.number().int().exactOptional(),
});

/** A figure's lowest and highest value, both allowed; null leaves an end open. A number alone must be met exactly. */
const band = z.union(
  [z.number(), z.tuple([z.number().nullable(), z.number().nullable()])],
  'is neither a number nor [lowest, highest]',
);

const strategy = z.strictObject({
  /** Name or file when the case is called otherwise. */
  strategy: z.string().min(1).exactOptional(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).exactOptional(),
  terms: terms.exactOptional(),
  expect: z.record(z.string(), band),
});

const market = z
  .strictObject({
    /** Specification of a synthetic market, as `sigma data generate --spec` takes it. */
    synthetic: syntheticSpecSchema.exactOptional(),
    /** Name in the catalog of data sets, instead. */
    data: z.string().min(1).exactOptional(),
    symbols: z.array(z.string().min(1)).min(1).exactOptional(),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
  })
  .refine(({ synthetic, data }) => (synthetic === undefined) !== (data === undefined), {
    message: 'needs one of synthetic and data',
  })
  .refine(({ synthetic, symbols }) => synthetic === undefined || symbols === undefined, {
    message: 'a synthetic market lists its symbols as assets',
    path: ['symbols'],
  });

export const scenarioSchema = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  market,
  terms: terms.exactOptional(),
  strategies: z
    .record(z.string().min(1), strategy)
    .refine((cases) => Object.keys(cases).length > 0, 'names no strategy'),
});

export type Terms = z.output<typeof terms>;
export type ScenarioDocument = z.output<typeof scenarioSchema>;

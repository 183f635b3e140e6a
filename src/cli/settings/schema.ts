/** What `sigma.config.json` may hold: the flags of the command line under their camel-case names. */
import { z } from 'zod';

const text = z.string();
const amount = z.number();
const list = z.union([z.string(), z.array(z.string())]);

export const settingsSchema = z.strictObject({
  $schema: text.optional(),
  artifacts: text.optional(),
  datasets: text.optional(),
  strategies: text.optional(),
  quiet: z.boolean().optional(),
  strategy: text.optional(),
  data: text.optional(),
  symbols: list.optional(),
  from: text.optional(),
  to: text.optional(),
  param: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cash: amount.optional(),
  currency: text.optional(),
  account: z.enum(['cash', 'margin']).optional(),
  leverage: amount.optional(),
  maintenance: amount.optional(),
  borrowRate: amount.optional(),
  interestRate: amount.optional(),
  fees: text.optional(),
  slippage: text.optional(),
  spreadBps: amount.optional(),
  fill: z.enum(['open', 'close']).optional(),
  path: z.enum(['pessimistic', 'optimistic', 'open-nearest', 'bounds']).optional(),
  actions: text.optional(),
  applyActions: z.enum(['positions', 'prices', 'none']).optional(),
  detail: text.optional(),
  sizing: text.optional(),
  wholeUnits: z.boolean().optional(),
  maxDrawdown: z.union([z.string(), z.number()]).optional(),
  maxDailyLoss: z.union([z.string(), z.number()]).optional(),
  drawdownScaling: text.optional(),
  maxPosition: amount.optional(),
  maxGross: amount.optional(),
  maxNet: amount.optional(),
  maxOrder: amount.optional(),
  maxOpenOrders: amount.optional(),
  onBreach: z.enum(['cut', 'reject']).optional(),
  benchmark: text.optional(),
  seed: amount.optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

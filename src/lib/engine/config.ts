/** Everything that decides a run besides data, strategy and parameters. */
import { defaultExecution, type ExecutionConfig } from '../execution/index.ts';
import { type AccountConfig, defaultAccount, type SizingConfig } from '../portfolio/index.ts';
import { defaultRisk, type RiskConfig } from '../risk/index.ts';

export type RunConfig = {
  readonly account: AccountConfig;
  readonly execution: ExecutionConfig;
  readonly sizing: SizingConfig;
  readonly risk: RiskConfig;
  readonly seed: number;
  /** Bars of the run's timeframe in a year, for annualised volatility. */
  readonly periodsPerYear: number;
  /** Decisions start here, epoch milliseconds; earlier bars only warm the signals up. */
  readonly start: number;
};

export const defaultRunConfig: RunConfig = {
  account: defaultAccount,
  execution: defaultExecution,
  sizing: { kind: 'weight' },
  risk: defaultRisk,
  seed: 1,
  periodsPerYear: 252,
  start: Number.NEGATIVE_INFINITY,
};

/** Runs in which nothing costs anything, so that figures can be told by hand. */
import {
  type Bars,
  blocksFromBars,
  type CorporateAction,
  defaultRunConfig,
  type RunConfig,
  runBacktest,
  type Strategy,
} from '../../src/lib/index.ts';
import { type ResultRows, rowsOf } from '../rows.ts';

export const free: RunConfig = {
  ...defaultRunConfig,
  account: { ...defaultRunConfig.account, cash: 10_000, leverage: 4, maintenance: 0 },
  execution: { ...defaultRunConfig.execution, fees: { kind: 'none' }, slippage: { kind: 'none' } },
};

type Extra = {
  readonly config?: RunConfig;
  readonly detail?: Bars;
  readonly actions?: readonly CorporateAction[];
  readonly rowsPerBlock?: number;
};

/** @param bars one instrument, or several */
export function run(strategy: Strategy, bars: Bars | readonly Bars[], extra: Extra = {}): ResultRows {
  const { config = free, detail, actions = [], rowsPerBlock = 65_536 } = extra;
  const source = blocksFromBars('time' in bars ? [bars] : bars, { rowsPerBlock });
  const finer = detail === undefined ? {} : { detail: blocksFromBars([detail]) };
  return rowsOf(runBacktest({ strategy, params: {}, source, config, actions, ...finer }));
}

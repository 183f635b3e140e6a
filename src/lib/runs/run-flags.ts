/** The flags of `sigma backtest` that repeat a run: what differs from the defaults. */
import { defaultRunConfig } from '../engine/index.ts';
import type { ExecutionConfig, FeeModel, SlippageModel } from '../execution/index.ts';
import { DAY } from '../model/index.ts';
import type { AccountConfig, SizingConfig } from '../portfolio/index.ts';
import type { RunFlag } from '../report/index.ts';
import type { KillAction, RiskConfig } from '../risk/index.ts';
import type { StoredConfig } from './decision.ts';

export type FlagParts = {
  readonly config: StoredConfig;
  readonly benchmark: string | undefined;
  /** Data set, file or address. */
  readonly data: string;
  /** The file of splits and dividends. */
  readonly actions: string | undefined;
};

type Value = string | number | undefined;

/** In the order of `sigma backtest --help`. */
export function flagsOf({ config, benchmark, data, actions }: FlagParts): readonly RunFlag[] {
  const { from, to, symbols, timeframe, seed, wholeUnits } = config;
  return [
    ['--data', data],
    ...given('--symbols', symbols?.join(',')),
    ...given('--timeframe', timeframe),
    ...given('--from', from === undefined ? undefined : when(from)),
    ...given('--to', to === undefined ? undefined : lastDay(to)),
    ...accountFlags(config.account),
    ...executionFlags(config.execution, config.bounds),
    ...given('--actions', actions),
    ...given('--apply-actions', config.applyActions),
    ...given('--detail', config.detail),
    ...unlessDefault('--sizing', sizingSpec(config.sizing), sizingSpec(defaultRunConfig.sizing)),
    ...(wholeUnits === undefined ? [] : [[wholeUnits ? '--whole-units' : '--no-whole-units'] as const]),
    ...riskFlags(config.risk),
    ...given('--benchmark', benchmark),
    ...unlessDefault('--seed', seed, defaultRunConfig.seed),
  ];
}

function given(flag: string, value: Value): readonly RunFlag[] {
  return value === undefined ? [] : [[flag, String(value)]];
}

function unlessDefault(flag: string, value: Value, usual: Value): readonly RunFlag[] {
  return value === usual ? [] : given(flag, value);
}

function accountFlags(account: AccountConfig): readonly RunFlag[] {
  const usual = defaultRunConfig.account;
  const margin = account.kind === 'margin';
  return [
    ...unlessDefault('--cash', account.cash, usual.cash),
    ...unlessDefault('--currency', account.currency, usual.currency),
    ...unlessDefault('--account', account.kind, usual.kind),
    ...(margin ? unlessDefault('--leverage', account.leverage, usual.leverage) : []),
    ...(margin ? unlessDefault('--maintenance', account.maintenance, usual.maintenance) : []),
    ...unlessDefault('--borrow-rate', account.borrowRate, usual.borrowRate),
    ...unlessDefault('--interest-rate', account.interestRate, usual.interestRate),
  ];
}

function executionFlags(execution: ExecutionConfig, bounds: boolean): readonly RunFlag[] {
  const usual = defaultRunConfig.execution;
  return [
    ...unlessDefault('--fees', feesSpec(execution.fees), feesSpec(usual.fees)),
    ...unlessDefault('--slippage', slippageSpec(execution.slippage), slippageSpec(usual.slippage)),
    ...unlessDefault('--spread-bps', execution.spreadBps, usual.spreadBps),
    ...unlessDefault('--latency-ms', execution.latencyMs, usual.latencyMs),
    ...unlessDefault('--fill', execution.fill, usual.fill),
    ...unlessDefault('--path', bounds ? 'bounds' : execution.path, usual.path),
  ];
}

function riskFlags(risk: RiskConfig): readonly RunFlag[] {
  const { drawdownScaling: scaling } = risk;
  return [
    ...given('--max-drawdown', lossSpec(risk.maxDrawdown)),
    ...given('--max-daily-loss', lossSpec(risk.maxDailyLoss)),
    ...given('--drawdown-scaling', scaling === undefined ? undefined : `${scaling.from}:${scaling.to}`),
    ...given('--max-position', risk.maxPositionWeight),
    ...given('--max-gross', risk.maxGrossLeverage),
    ...given('--max-net', risk.maxNetLeverage),
    ...given('--max-order', risk.maxOrderNotional),
    ...given('--max-open-orders', risk.maxOpenOrders),
    ...unlessDefault('--on-breach', risk.onBreach, defaultRunConfig.risk.onBreach),
  ];
}

function lossSpec(limit: { readonly fraction: number; readonly action: KillAction } | undefined): Value {
  return limit === undefined ? undefined : `${limit.fraction}:${limit.action}`;
}

function feesSpec(fees: FeeModel): string {
  const minimum = (least: number | undefined): string => (least === undefined ? '' : `,min=${least}`);
  switch (fees.kind) {
    case 'none':
      return 'none';
    case 'bps':
      return `bps:maker=${fees.maker},taker=${fees.taker}${minimum(fees.minimum)}`;
    case 'per-share': {
      const most = fees.maximumFraction === undefined ? '' : `,max-fraction=${fees.maximumFraction}`;
      return `per-share:${fees.amount}${minimum(fees.minimum)}${most}`;
    }
    case 'per-order':
      return `per-order:${fees.amount}`;
  }
}

function slippageSpec(slippage: SlippageModel): string {
  switch (slippage.kind) {
    case 'none':
      return 'none';
    case 'fixed':
      return `fixed:${slippage.bps}`;
    case 'volume-share':
      return `volume-share:${slippage.volumeLimit},${slippage.priceImpact}`;
    case 'square-root':
      return `square-root:${slippage.y},participation=${slippage.participation}`;
  }
}

function sizingSpec(sizing: SizingConfig): string {
  switch (sizing.kind) {
    case 'weight':
      return 'weight';
    case 'fixed':
      return sizing.notional === undefined ? `fixed:${sizing.quantity ?? 0}` : `notional:${sizing.notional}`;
    case 'atr':
      return `atr:${sizing.period},${sizing.multiple},${sizing.risk}`;
    case 'volatility':
      return `volatility:${sizing.period},${sizing.target},${sizing.maxLeverage}`;
    case 'kelly':
      return `kelly:${sizing.period},${sizing.fraction},${sizing.maxLeverage}`;
  }
}

/** A midnight as its date, which is what was most likely typed. */
/** The first day or moment of a range, as `--from` takes it. */
export function when(time: number): string {
  const text = new Date(time).toISOString();
  return time % DAY === 0 ? text.slice(0, 10) : text;
}

/** A range ends before its end; the flag names the last day that is in it. */
export function lastDay(end: number): string {
  return end % DAY === 0 ? when(end - DAY) : when(end);
}

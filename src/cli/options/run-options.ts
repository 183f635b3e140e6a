/** Flags as the options of the library's call. */
import type { FeeModel, SlippageModel } from '../../lib/execution/index.ts';
import { parseTimeframe } from '../../lib/model/index.ts';
import type { SizingConfig } from '../../lib/portfolio/index.ts';
import type { RiskConfig } from '../../lib/risk/index.ts';
import type { RunOptions } from '../../lib/runs/index.ts';

/** What `addRunFlags` parses into. */
export type RunFlags = {
  readonly data?: string;
  readonly symbols?: readonly string[];
  readonly timeframe?: string;
  readonly from?: string;
  readonly to?: string;
  readonly param?: Readonly<Record<string, string>>;
  readonly cash?: number;
  readonly currency?: string;
  readonly account?: 'cash' | 'margin';
  readonly leverage?: number;
  readonly maintenance?: number;
  readonly borrowRate?: number;
  readonly interestRate?: number;
  readonly fees?: FeeModel;
  readonly slippage?: SlippageModel;
  readonly spreadBps?: number;
  readonly latencyMs?: number;
  readonly fill?: 'open' | 'close';
  readonly path?: NonNullable<RunOptions['path']>;
  readonly actions?: string;
  readonly applyActions?: NonNullable<RunOptions['applyActions']>;
  readonly detail?: string;
  readonly sizing?: SizingConfig;
  readonly wholeUnits?: boolean;
  readonly maxDrawdown?: NonNullable<RiskConfig['maxDrawdown']>;
  readonly maxDailyLoss?: NonNullable<RiskConfig['maxDailyLoss']>;
  readonly drawdownScaling?: NonNullable<RiskConfig['drawdownScaling']>;
  readonly maxPosition?: number;
  readonly maxGross?: number;
  readonly maxNet?: number;
  readonly maxOrder?: number;
  readonly maxOpenOrders?: number;
  readonly onBreach?: RiskConfig['onBreach'];
  readonly benchmark?: string;
  readonly seed?: number;
};

export function runOptions(flags: RunFlags): RunOptions {
  return present({
    data: flags.data,
    symbols: flags.symbols,
    timeframe: flags.timeframe === undefined ? undefined : parseTimeframe(flags.timeframe, '--timeframe'),
    from: flags.from,
    to: flags.to,
    params: flags.param,
    cash: flags.cash,
    account: present({
      currency: flags.currency,
      kind: flags.account,
      leverage: flags.leverage,
      maintenance: flags.maintenance,
      borrowRate: flags.borrowRate,
      interestRate: flags.interestRate,
    }),
    fees: flags.fees,
    slippage: flags.slippage,
    execution: present({ spreadBps: flags.spreadBps, latencyMs: flags.latencyMs, fill: flags.fill }),
    path: flags.path,
    actions: flags.actions,
    applyActions: flags.applyActions,
    detail: flags.detail,
    sizing: flags.sizing,
    wholeUnits: flags.wholeUnits,
    risk: present({
      maxDrawdown: flags.maxDrawdown,
      maxDailyLoss: flags.maxDailyLoss,
      drawdownScaling: flags.drawdownScaling,
      maxPositionWeight: flags.maxPosition,
      maxGrossLeverage: flags.maxGross,
      maxNetLeverage: flags.maxNet,
      maxOrderNotional: flags.maxOrder,
      maxOpenOrders: flags.maxOpenOrders,
      onBreach: flags.onBreach,
    }),
    benchmark: flags.benchmark,
    seed: flags.seed,
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined. */
function present<T extends object>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;
}

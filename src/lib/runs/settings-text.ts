/** A run's settings in words, for summaries and reports. */
import type { RunConfig } from '../engine/index.ts';
import type { ExecutionConfig, FeeModel, SlippageModel } from '../execution/index.ts';
import type { SizingConfig } from '../portfolio/index.ts';
import type { ActionsReference } from '../registry/index.ts';
import type { RiskConfig } from '../risk/index.ts';

type Line = readonly [label: string, value: string];

/** Label and value in the order to show them; what has no effect is left out. */
export function settingsText(config: RunConfig, bounds: boolean): readonly Line[] {
  const { account, execution, risk } = config;
  return [
    ['Initial cash', `${amount(account.cash)} ${account.currency}`],
    [
      'Account',
      account.kind === 'cash'
        ? 'cash'
        : `margin, leverage ${account.leverage}, maintenance ${percent(account.maintenance)}`,
    ],
    ['Fees', feesText(execution.fees)],
    ['Slippage', slippageText(execution)],
    ...(account.borrowRate === 0 ? [] : [['Borrow rate', `${percent(account.borrowRate)} a year`] as const]),
    ...(account.interestRate === 0 ? [] : [['Interest', `${percent(account.interestRate)} a year`] as const]),
    ['Fill', execution.fill === 'open' ? 'next open' : 'close of the decision'],
    ['Intrabar path', bounds ? 'bounds (pessimistic shown)' : execution.path],
    ['Sizing', sizingText(config.sizing)],
    ...riskText(risk),
    ['Seed', String(config.seed)],
  ];
}

/** Splits and dividends, when there were any. */
export function actionsText(actions: ActionsReference | undefined): readonly Line[] {
  return actions === undefined ? [] : [['Corporate actions', `${actions.count}, applied to ${actions.appliedTo}`]];
}

function feesText(fees: FeeModel): string {
  switch (fees.kind) {
    case 'none':
      return 'none';
    case 'bps':
      return `maker ${fees.maker} bps, taker ${fees.taker} bps${fees.minimum === undefined ? '' : `, at least ${fees.minimum}`}`;
    case 'per-share':
      return `${fees.amount} a share${fees.minimum === undefined ? '' : `, at least ${fees.minimum}`}${fees.maximumFraction === undefined ? '' : `, at most ${percent(fees.maximumFraction)}`}`;
    case 'per-order':
      return `${fees.amount} an order`;
  }
}

function slippageText(execution: ExecutionConfig): string {
  const spread = execution.spreadBps === 0 ? '' : `, spread ${execution.spreadBps} bps`;
  return slippageModelText(execution.slippage) + spread;
}

function slippageModelText(slippage: SlippageModel): string {
  switch (slippage.kind) {
    case 'none':
      return 'none';
    case 'fixed':
      return `${slippage.bps} bps`;
    case 'volume-share':
      return `volume share, at most ${percent(slippage.volumeLimit)} of a bar, impact ${slippage.priceImpact}`;
    case 'square-root':
      return `square root, factor ${slippage.y}, at most ${percent(slippage.participation)} of a bar`;
  }
}

function sizingText(sizing: SizingConfig): string {
  switch (sizing.kind) {
    case 'weight':
      return 'weight of equity';
    case 'fixed':
      return sizing.notional === undefined ? `${sizing.quantity ?? 0} units` : `${amount(sizing.notional)} a position`;
    case 'atr':
      return `risk ${percent(sizing.risk)} over ${sizing.multiple} ATR(${sizing.period})`;
    case 'volatility':
      return `volatility target ${percent(sizing.target)} over ${sizing.period} bars, leverage at most ${sizing.maxLeverage}`;
    case 'kelly':
      return `${sizing.fraction} Kelly over ${sizing.period} bars, leverage at most ${sizing.maxLeverage}`;
  }
}

function riskText(risk: RiskConfig): readonly Line[] {
  const lines: Line[] = [];
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined) lines.push([label, value]);
  };
  add('Max drawdown', risk.maxDrawdown && `${percent(risk.maxDrawdown.fraction)}, then ${risk.maxDrawdown.action}`);
  add(
    'Max daily loss',
    risk.maxDailyLoss && `${percent(risk.maxDailyLoss.fraction)}, then ${risk.maxDailyLoss.action}`,
  );
  add(
    'Drawdown scaling',
    risk.drawdownScaling && `${percent(risk.drawdownScaling.from)} to ${percent(risk.drawdownScaling.to)}`,
  );
  add(
    'Max position',
    risk.maxPositionWeight === undefined ? undefined : `${percent(risk.maxPositionWeight)} of equity`,
  );
  add('Max gross', risk.maxGrossLeverage === undefined ? undefined : `${risk.maxGrossLeverage} x equity`);
  add('Max net', risk.maxNetLeverage === undefined ? undefined : `${risk.maxNetLeverage} x equity`);
  add('Max order', risk.maxOrderNotional === undefined ? undefined : amount(risk.maxOrderNotional));
  add('Max open orders', risk.maxOpenOrders?.toString());
  return lines;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(6))} %`;
}

function amount(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

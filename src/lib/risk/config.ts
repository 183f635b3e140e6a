/** Limits every order passes through, in every mode: plain data, stored with the run. A missing limit does not bind. */

/** What happens when a drawdown or daily loss limit is hit: refuse orders that open, also close everything, or also end the run. */
export type KillAction = 'block' | 'flatten' | 'stop';

export type RiskConfig = {
  /** Largest value of one order, in the account's currency. */
  readonly maxOrderNotional?: number;
  /** Largest |position value| of one instrument over equity. */
  readonly maxPositionWeight?: number;
  /** Largest gross, and largest absolute net, position value over equity. */
  readonly maxGrossLeverage?: number;
  readonly maxNetLeverage?: number;
  readonly maxOpenOrders?: number;
  /** Orders in one instant. */
  readonly maxOrdersPerInstant?: number;
  /** Orders that open are scaled down linearly from `from` to nothing at `to` (drawdowns from the peak, as positive fractions). */
  readonly drawdownScaling?: { readonly from: number; readonly to: number };
  readonly maxDrawdown?: { readonly fraction: number; readonly action: KillAction };
  /** Loss since the last UTC midnight over equity then; trading resumes the next day unless the action is `stop`. */
  readonly maxDailyLoss?: { readonly fraction: number; readonly action: KillAction };
  /** What an order beyond a size limit gets. */
  readonly onBreach: 'cut' | 'reject';
};

export const defaultRisk: RiskConfig = { onBreach: 'cut' };

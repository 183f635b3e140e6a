/** How a simulated venue executes: one plain-data configuration, stored with the run. */

export type FeeModel =
  | { readonly kind: 'none' }
  /** Basis points of the notional by liquidity. */
  | { readonly kind: 'bps'; readonly maker: number; readonly taker: number; readonly minimum?: number }
  | {
      readonly kind: 'per-share';
      readonly amount: number;
      /** On top, once an order (an exchange fee). */
      readonly perOrder?: number;
      readonly minimum?: number;
      /** Cap as a fraction of the notional. */
      readonly maximumFraction?: number;
    }
  | { readonly kind: 'per-order'; readonly amount: number };

export type SlippageModel =
  | { readonly kind: 'none' }
  /** Basis points of the price against the taker. */
  | {
      readonly kind: 'fixed';
      readonly bps: number;
      /** Largest part of a bar's volume that is filled; no limit when left out. */
      readonly volumeLimit?: number;
    }
  /** zipline's volume share: price moves by priceImpact x (share of the bar's volume)^2, at most volumeLimit of the bar is filled. */
  | { readonly kind: 'volume-share'; readonly volumeLimit: number; readonly priceImpact: number }
  /** Square-root law: y x daily volatility x sqrt(quantity / daily volume) (Almgren et al. 2005; Toth et al. 2011). */
  | { readonly kind: 'square-root'; readonly y: number; readonly participation: number };

/** Where a market order that was decided on a close fills. */
export type FillMoment = 'open' | 'close';
/** Which extreme of a bar is taken to come first where the answer changes fills. */
export type IntrabarPath = 'pessimistic' | 'optimistic' | 'open-nearest';

export type ExecutionConfig = {
  readonly fill: FillMoment;
  readonly path: IntrabarPath;
  readonly fees: FeeModel;
  readonly slippage: SlippageModel;
  /** Full quoted spread in basis points; a taker pays half. */
  readonly spreadBps: number;
  /** From the engine to the venue, milliseconds; an order meets the first bar that opens at or after its arrival. */
  readonly latencyMs: number;
};

export const defaultExecution: ExecutionConfig = {
  fill: 'open',
  path: 'pessimistic',
  fees: { kind: 'bps', maker: 5, taker: 5 },
  slippage: { kind: 'fixed', bps: 2 },
  spreadBps: 0,
  latencyMs: 0,
};

/** What a venue tells the engine. A report is plain data: it is journalled and replayed. */
import type { Liquidity } from './order.ts';

export type Charge = 'borrow' | 'interest' | 'funding' | 'dividend';

export type VenueReport =
  | { readonly kind: 'accepted'; readonly order: number; readonly time: number }
  | { readonly kind: 'rejected'; readonly order: number; readonly time: number; readonly reason: string }
  | { readonly kind: 'cancelled'; readonly order: number; readonly time: number; readonly reason: string }
  | { readonly kind: 'expired'; readonly order: number; readonly time: number; readonly reason: string }
  | {
      readonly kind: 'modified';
      readonly order: number;
      readonly time: number;
      readonly quantity: number;
      readonly price?: number;
      readonly trigger?: number;
    }
  /** A stop, take-profit or trailing stop fired and is now a market or limit order. */
  | { readonly kind: 'triggered'; readonly order: number; readonly time: number }
  | {
      readonly kind: 'filled';
      readonly order: number;
      readonly instrument: number;
      readonly time: number;
      /** Signed: positive bought, negative sold. */
      readonly quantity: number;
      readonly price: number;
      readonly fee: number;
      readonly slippage: number;
      readonly liquidity: Liquidity;
      /** True when the order is finished with it. */
      readonly done: boolean;
      /** It traded on the close of the instant just decided on, not on a later bar that opens at the same time. */
      readonly atClose: boolean;
    }
  /** The venue closes a position by force; `order` of the fill that follows is -1. */
  | { readonly kind: 'margin-call'; readonly time: number; readonly equity: number; readonly required: number }
  /** Money moved without a trade; positive is paid by the account. */
  | {
      readonly kind: 'charged';
      readonly charge: Charge;
      readonly instrument: number;
      readonly time: number;
      readonly amount: number;
    };

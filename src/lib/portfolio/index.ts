/** The account and its trades, and the way from targets to quantities. */
export { type Account, TOTAL } from './account.ts';
export { type AccountConfig, defaultAccount, type SizingConfig } from './config.ts';
export { createAccount, HELD_DUST, heldAfter } from './ledger.ts';
export { Pending } from './pending.ts';
export { roundOrder, roundPrice, roundQuantity } from './rounding.ts';
export { type SizingInputs, sizedQuantity, unitsOfWeight } from './sizing.ts';
export { createTradeBook, type TradeBook } from './trade-book.ts';

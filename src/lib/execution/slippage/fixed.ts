/** Fixed slippage: the price moves by a constant fraction against the taker. */

/** @returns fraction of the price, from basis points. */
export function fixedSlippage(bps: number): number {
  return bps / 10_000;
}

/** Which cost weighs most. */

export type CostKind = 'fees' | 'slippage' | 'borrow' | 'interest' | 'funding';
export type CostShare = {
  readonly cost: CostKind;
  readonly amount: number;
  /** Of all costs that were paid, 0 to 1. */
  readonly share: number;
};

const kinds = ['fees', 'slippage', 'borrow', 'interest', 'funding'] as const;

/** Costs that were paid, the largest first; what was received (a maker rebate, funding of the right sign) is no cost. Empty without any. */
export function costShares(totals: Readonly<Record<CostKind, number>>): readonly CostShare[] {
  const paid = kinds.filter((cost) => totals[cost] > 0 && Number.isFinite(totals[cost]));
  const all = paid.reduce((sum, cost) => sum + totals[cost], 0);
  return paid
    .map((cost) => ({ cost, amount: totals[cost], share: totals[cost] / all }))
    .sort((a, b) => b.amount - a.amount);
}

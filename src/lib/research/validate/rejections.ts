/** Why a cluster is not believed. */

export type Rejection = {
  readonly rule: 'support' | 'lift' | 'discovery-lift' | 'significance';
  readonly found: number;
  readonly needed: number;
};

export type Evidence = {
  readonly alerts: number;
  readonly lift: number;
  readonly discoveryLift: number;
  readonly p: number;
};

export type Limits = { readonly minSupport: number; readonly minLift: number; readonly level: number };

/** Every rule that a cluster fails; an undefined figure fails its rule. */
export function rejections(evidence: Evidence, { minSupport, minLift, level }: Limits): Rejection[] {
  const found: (Rejection & { readonly passed: boolean })[] = [
    { rule: 'support', found: evidence.alerts, needed: minSupport, passed: evidence.alerts >= minSupport },
    { rule: 'lift', found: evidence.lift, needed: minLift, passed: evidence.lift >= minLift },
    // What preceded events before must have done so on the days it was found on as well.
    {
      rule: 'discovery-lift',
      found: evidence.discoveryLift,
      needed: minLift,
      passed: evidence.discoveryLift >= minLift,
    },
    { rule: 'significance', found: evidence.p, needed: level, passed: evidence.p <= level },
  ];
  return found.filter((r) => !r.passed).map(({ passed: _, ...reason }) => reason);
}

/** How far two ways of raising alerts agree on the same candidates. */

export type Agreement = {
  /** Peaks that either could have announced. */
  readonly candidates: number;
  /** Cohen's kappa (1960) of announced or not; 1 is agreement, 0 what chance gives; 1 where both announce nothing. */
  readonly kappa: number;
  /** Alerts that both raise over those that either raises (Jaccard); 1 where both raise none. */
  readonly overlap: number;
};

/** @param a keys of the alerts of one way, and `b` of the other: `series row` each, none twice */
export function agreement(a: ReadonlySet<string>, b: ReadonlySet<string>, candidates: number): Agreement {
  const both = [...a].filter((key) => b.has(key)).length;
  const either = a.size + b.size - both;
  const seen = (candidates - either + both) / candidates;
  const [shareA, shareB] = [a.size / candidates, b.size / candidates];
  const chance = shareA * shareB + (1 - shareA) * (1 - shareB);
  return {
    candidates,
    kappa: candidates === 0 || chance === 1 ? 1 : (seen - chance) / (1 - chance),
    overlap: either === 0 ? 1 : both / either,
  };
}

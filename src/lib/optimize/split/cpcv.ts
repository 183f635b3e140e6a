/** Combinatorial purged cross-validation (Lopez de Prado 2018, ch. 7 and 12). */
import { SigmaError } from '../../core/index.ts';
import type { Stretch } from './walk-forward.ts';

export type CpcvSpec = {
  /** Groups of consecutive periods. */
  readonly groups: number;
  /** Groups that are tested together. */
  readonly tested: number;
  /** Periods after the last label of each tested stretch that are not trained on either. */
  readonly embargo: number;
};

export const defaultCpcv: CpcvSpec = { groups: 6, tested: 2, embargo: 0 };

export type CpcvSplit = { readonly tested: readonly number[] };

const FEWEST = 10;
const MOST_SPLITS = 1000;

/** Consecutive groups whose lengths differ by at most one, the longer ones first. @throws SigmaError study/too-short */
export function cpcvGroups(periods: number, groups: number): readonly Stretch[] {
  if (periods < groups * FEWEST)
    throw new SigmaError('study/too-short', `${groups} groups of ${periods} periods are too short`, {
      where: '--cpcv',
      hint: `take fewer groups or more data; each group needs at least ${FEWEST} periods`,
    });
  return evenGroups(periods, groups);
}

export function evenGroups(periods: number, groups: number): readonly Stretch[] {
  const base = Math.floor(periods / groups);
  const longer = periods % groups;
  let from = 0;
  return Array.from({ length: groups }, (_, g) => {
    const to = from + base + (g < longer ? 1 : 0);
    const stretch = { from, to };
    from = to;
    return stretch;
  });
}

/** Every choice of the tested groups, in lexicographic order. @throws SigmaError usage/bad-option */
export function cpcvSplits({ groups, tested }: Pick<CpcvSpec, 'groups' | 'tested'>): readonly CpcvSplit[] {
  const refuse = (found: string): never => {
    throw new SigmaError('usage/bad-option', found, { where: '--cpcv', hint: 'for example --cpcv 6,2' });
  };
  if (!(groups >= 3)) refuse(`${groups} groups are too few`);
  if (!(tested >= 1 && tested < groups)) refuse(`${tested} of ${groups} groups cannot be tested`);
  const splits: CpcvSplit[] = [];
  const choose = (from: number, chosen: readonly number[]): void => {
    if (splits.length > MOST_SPLITS) refuse(`${groups} groups, ${tested} tested, make more than ${MOST_SPLITS} splits`);
    if (chosen.length === tested) splits.push({ tested: chosen });
    else for (let g = from; g < groups; g++) choose(g + 1, [...chosen, g]);
  };
  choose(0, []);
  return splits;
}

/**
 * Paths through all groups, each group's periods from a split that tested it: row g lists the split that path p takes for group g.
 * There are tested / groups x splits paths.
 */
export function cpcvPaths(groups: number, splits: readonly CpcvSplit[]): readonly (readonly number[])[] {
  return Array.from({ length: groups }, (_, g) => splits.flatMap(({ tested }, s) => (tested.includes(g) ? [s] : [])));
}

/**
 * Periods to train on: 1 where a period is in no tested group, its label ends before the next tested stretch begins, no label of
 * a tested period reaches it, and it is beyond the embargo, which follows the last of those labels (section 7.4.2).
 * @param labelEnds last period that the label of each period reaches, itself or later: for a trade that is held, its exit
 */
export function trainMask(
  groups: readonly Stretch[],
  { tested }: CpcvSplit,
  labelEnds: ArrayLike<number>,
  embargo: number,
): Uint8Array {
  const periods = groups.at(-1)?.to ?? 0;
  const mask = new Uint8Array(periods).fill(1);
  for (const { from, to } of tested.map((g) => groups[g]!)) {
    mask.fill(0, from, to);
    for (let t = 0; t < from; t++) if (labelEnds[t]! >= from) mask[t] = 0;
    let reached = to - 1;
    for (let t = from; t < to; t++) reached = Math.max(reached, labelEnds[t]!);
    mask.fill(0, to, Math.min(periods, reached + 1 + embargo));
  }
  return mask;
}

/** Which parameters of a search mattered: the part of the objective's variance over trials that each explains alone. */

export type TrialColumns = {
  readonly names: readonly string[];
  /** One column for each name, one value for each trial. */
  readonly values: readonly ArrayLike<number | string | boolean>[];
  /** One value for each trial; a trial without a finite one (failed, stopped early) is left out. */
  readonly objective: ArrayLike<number>;
};

/** Trials whose parameter has this value or lies in this range. */
export type ParameterLevel = {
  readonly label: string;
  readonly trials: number;
  /** Mean of the objective. */
  readonly mean: number;
};

export type ParameterEffect = {
  readonly name: string;
  /**
   * Omega squared (Hays 1963, Statistics for Psychologists, p. 382): explained variance over all, corrected for the number of levels,
   * cut at 0. NaN for fewer than 3 trials, a constant objective, or a parameter with no two trials on one level.
   */
  readonly share: number;
  /** In ascending order of the value. */
  readonly levels: readonly ParameterLevel[];
  /** Index of the level with the highest mean. */
  readonly best: number;
};

export type Importance = {
  /** Most important first; those without a share last, in the order given. */
  readonly effects: readonly ParameterEffect[];
  readonly trials: number;
  /** What the parameters do not explain one by one: how they act together, and chance. NaN where no share is known. */
  readonly unexplained: number;
};

/** More distinct numbers than this, or than half of the trials, are gathered into ranges of about equally many trials. */
const MOST_LEVELS = 8;

/**
 * Main effects of the parameters on the objective, as in a one-way analysis of variance for each; the first-order part of a
 * functional ANOVA (Hutter, Hoos and Leyton-Brown 2014). A search that dwells on good regions (Bayesian, evolutionary) sees
 * less variance there, so its shares lean towards what it settled late.
 */
export function parameterImportance({ names, values, objective }: TrialColumns): Importance {
  const rows = Array.from({ length: objective.length }, (_, i) => i).filter((i) => Number.isFinite(objective[i]!));
  const outcome = rows.map((i) => objective[i]!);
  const effects = names.map((name, k) => {
    const column = values[k] ?? [];
    return effectOf(
      name,
      rows.map((i) => column[i]!),
      outcome,
    );
  });
  const known = effects.filter((effect) => !Number.isNaN(effect.share));
  const explained = known.reduce((sum, effect) => sum + effect.share, 0);
  return {
    effects: [...known.sort((a, b) => b.share - a.share), ...effects.filter((effect) => Number.isNaN(effect.share))],
    trials: rows.length,
    unexplained: known.length === 0 ? Number.NaN : Math.max(0, 1 - explained),
  };
}

function effectOf(
  name: string,
  column: readonly (number | string | boolean)[],
  outcome: readonly number[],
): ParameterEffect {
  const groups = groupsOf(column, outcome);
  const levels = groups.map(({ label, outcomes }) => ({ label, trials: outcomes.length, mean: mean(outcomes) }));
  const best = levels.reduce((top, level, i) => (level.mean > levels[top]!.mean ? i : top), 0);
  return { name, share: omegaSquared(groups, outcome), levels, best };
}

type Group = { readonly label: string; readonly outcomes: readonly number[] };

function omegaSquared(groups: readonly Group[], outcome: readonly number[]): number {
  const n = outcome.length;
  const k = groups.length;
  const centre = mean(outcome);
  const total = sumOfSquares(outcome, centre);
  if (n < 3 || k >= n || !(total > 0)) return Number.NaN;
  const within = groups.reduce((sum, { outcomes }) => sum + sumOfSquares(outcomes, mean(outcomes)), 0);
  const noise = within / (n - k);
  // Rounding may put the parts together to a little more than the whole.
  const share = (Math.max(0, total - within) - (k - 1) * noise) / (total + noise);
  return Math.min(1, Math.max(0, share));
}

/** One group for each distinct value, or ranges of about equally many trials where numbers have many. */
function groupsOf(column: readonly (number | string | boolean)[], outcome: readonly number[]): readonly Group[] {
  const byValue = new Map<number | string | boolean, number[]>();
  for (const [i, value] of column.entries()) {
    const outcomes = byValue.get(value);
    if (outcomes === undefined) byValue.set(value, [outcome[i]!]);
    else outcomes.push(outcome[i]!);
  }
  const sorted = [...byValue].sort(([a], [b]) => compare(a, b));
  const numeric = sorted.every(([value]) => typeof value === 'number');
  if (!numeric || sorted.length <= Math.min(MOST_LEVELS, column.length / 2))
    return sorted.map(([value, outcomes]) => ({ label: String(value), outcomes }));
  return ranges(sorted, column.length);
}

function ranges(sorted: readonly (readonly [value: unknown, outcomes: readonly number[]])[], trials: number): Group[] {
  const count = Math.max(2, Math.min(MOST_LEVELS, Math.floor(trials / 5)));
  const groups: Group[] = [];
  let seen = 0;
  let from = 0;
  for (let i = 0; i < sorted.length; i++) {
    seen += sorted[i]![1].length;
    if (seen < ((groups.length + 1) * trials) / count && i < sorted.length - 1) continue;
    const part = sorted.slice(from, i + 1);
    const [first, last] = [text(part[0]![0]), text(part.at(-1)![0])];
    groups.push({ label: first === last ? first : `${first} to ${last}`, outcomes: part.flatMap(([, o]) => [...o]) });
    from = i + 1;
  }
  return groups;
}

function text(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

function compare(a: number | string | boolean, b: number | string | boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumOfSquares(values: readonly number[], centre: number): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** All trials of a study as columns, for its charts. */
export type StudyTrials = {
  /** Searched parameters in the order of the space; values as they were tried. */
  readonly params: readonly { readonly name: string; readonly values: readonly (number | string | boolean)[] }[];
  /** NaN where a set failed or breaks a condition. */
  readonly score: ArrayLike<number>;
};

/** Values of a parameter in order: numbers by size, words as first met. */
export function levelsOf(values: readonly (number | string | boolean)[]): readonly (number | string | boolean)[] {
  const distinct = [...new Set(values)];
  return distinct.every((value) => typeof value === 'number')
    ? distinct.sort((a, b) => Number(a) - Number(b))
    : distinct;
}

export type Bins = {
  /** Bin of each trial. */
  readonly of: Int32Array;
  readonly labels: readonly string[];
};

/** At most `most` bins: one a value where there are few, equal widths where numbers are many. */
export function binsOf(values: readonly (number | string | boolean)[], most: number): Bins {
  const levels = levelsOf(values);
  if (levels.length <= most || typeof levels[0] !== 'number') {
    const place = new Map(levels.map((value, k) => [value, k]));
    return { of: Int32Array.from(values, (value) => place.get(value)!), labels: levels.map(short) };
  }
  const low = Number(levels[0]);
  const width = (Number(levels.at(-1)) - low) / most;
  return {
    of: Int32Array.from(values, (value) => Math.min(most - 1, Math.floor((Number(value) - low) / width))),
    labels: Array.from({ length: most }, (_, k) => short(low + (k + 0.5) * width)),
  };
}

export function short(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
}

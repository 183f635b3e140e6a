/** Days in contiguous folds of equal numbers of days: what is chosen on some is judged on the days left out. */

export const FOLDS = 5;

/** The fold of each day, from 0; -1 for a day that is not among them. */
export function foldOf(days: ArrayLike<number>): (day: number) => number {
  const distinct = [...new Set(Array.from(days))].sort((a, b) => a - b);
  const place = new Map(distinct.map((day, i) => [day, Math.floor((i * FOLDS) / distinct.length)]));
  return (day) => place.get(day) ?? -1;
}

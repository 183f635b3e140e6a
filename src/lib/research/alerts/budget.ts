/** So many alerts a day and no more, in the order they come. */

export interface DailyBudget {
  /** Spends one of the day's alerts; false when they are spent. Days never go back. */
  take(day: number): boolean;
  /** The latest day of which one was asked for, and how many of it were spent; -Infinity before. */
  readonly day: number;
  readonly spent: number;
}

/** @param before the budget that this one takes the place of: what it spent of its latest day stays spent */
export function dailyBudget(perDay: number, before?: Pick<DailyBudget, 'day' | 'spent'>): DailyBudget {
  let today = before?.day ?? Number.NEGATIVE_INFINITY;
  let spent = before?.spent ?? 0;
  return {
    take: (day) => {
      if (day > today) {
        today = day;
        spent = 0;
      }
      if (spent >= perDay) return false;
      spent++;
      return true;
    },
    get day() {
      return today;
    },
    get spent() {
      return spent;
    },
  };
}

export type BudgetRule = {
  /** Score from which an alert is taken. */
  readonly threshold: number;
  readonly perDay: number;
};

/** Indices of the alerts taken: in the order they come, at or above the threshold, no more than `perDay` a day. */
export function firstCome(
  days: ArrayLike<number>,
  scores: ArrayLike<number>,
  { threshold, perDay }: BudgetRule,
): number[] {
  const budget = dailyBudget(perDay);
  const taken: number[] = [];
  for (let i = 0; i < days.length; i++) if (scores[i]! >= threshold && budget.take(days[i]!)) taken.push(i);
  return taken;
}

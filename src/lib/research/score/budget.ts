/** So many alerts a day and no more, in the order they come. */

export interface DailyBudget {
  /** Spends one of the day's alerts; false when they are spent. Days never go back. */
  take(day: number): boolean;
}

export function dailyBudget(perDay: number): DailyBudget {
  let today = Number.NEGATIVE_INFINITY;
  let taken = 0;
  return {
    take: (day) => {
      if (day > today) {
        today = day;
        taken = 0;
      }
      if (taken >= perDay) return false;
      taken++;
      return true;
    },
  };
}

/** What a planted market is made of; the defaults are the market of the acceptance experiment. */
import type { PatternKind } from './patterns.ts';

export type PlantedSetting = {
  readonly seed: number;
  readonly instruments: number;
  readonly days: number;
  /** One-minute rows of a session. */
  readonly slots: number;
  /** Size of the patterns in standard deviations of a channel; their root mean square is .75 of it. 0 hides no pattern at all: pure noise. */
  readonly amplitude: number;
  /** Share of days under stress. */
  readonly stress: number;
  /** Background events a symbol-day on calm days; six times as many under stress. */
  readonly eventRate: number;
  /** Patterns of each kind but E a symbol-day. */
  readonly patternRate: number;
  /** Standard deviations that the return of an event's row adds: 0 leaves no trace of events in the channels but the echoes. */
  readonly eventMove: number;
  /** A precursor that stops to precede events from this day of the market on (counted from 0). */
  readonly decay?: { readonly kind: PatternKind; readonly fromDay: number } | undefined;
};

export type PlantedOptions = Partial<Omit<PlantedSetting, 'seed'>> & { readonly seed: number };

/** Smaller or larger markets than the experiment's. */
export type MarketSize = Partial<Pick<PlantedSetting, 'instruments' | 'days' | 'slots'>>;

export function plantedSetting(options: PlantedOptions): PlantedSetting {
  return {
    instruments: 40,
    days: 60,
    slots: 390,
    amplitude: 2.2,
    stress: 0.15,
    eventRate: 0.3,
    patternRate: 0.1,
    eventMove: 0,
    ...options,
  };
}

export const stressEventFactor = 6;
/** An event follows the last row of a precursor by this many rows, uniformly. */
export const shortestLead = 8;
export const longestLead = 25;

/** Probability that a pattern of this kind on this day is followed by an event of its own. */
export function eventProbability(setting: PlantedSetting, kind: PatternKind, day: number): number {
  const { decay } = setting;
  if (decay !== undefined && decay.kind === kind && day >= decay.fromDay) return 0;
  if (kind === 'A') return 0.5;
  if (kind === 'B') return 0.35;
  if (kind === 'C') return 0.2;
  if (kind === 'R') return day < setting.days / 2 ? 0.5 : 0;
  return 0;
}

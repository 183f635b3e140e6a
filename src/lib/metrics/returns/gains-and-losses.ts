/** Gains against losses of a list of returns or profits: counts, sums and streaks in one pass. */
import { quotient } from '../../statistics/index.ts';

export type GainsAndLosses = {
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  /** Sum of the gains, >= 0. */
  readonly gained: number;
  /** Sum of the losses, <= 0. */
  readonly lost: number;
  /** Longest runs of gains and of losses; a zero ends both. */
  readonly winStreak: number;
  readonly lossStreak: number;
};

/** A value that is not finite makes the sums NaN. */
export function gainsAndLosses(values: Float64Array): GainsAndLosses {
  let wins = 0;
  let losses = 0;
  let gained = 0;
  let lost = 0;
  let winning = 0;
  let losing = 0;
  let winStreak = 0;
  let lossStreak = 0;
  let finite = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) finite = false;
    winning = value > 0 ? winning + 1 : 0;
    losing = value < 0 ? losing + 1 : 0;
    if (value > 0) {
      wins++;
      gained += value;
      if (winning > winStreak) winStreak = winning;
    } else if (value < 0) {
      losses++;
      lost += value;
      if (losing > lossStreak) lossStreak = losing;
    }
  }
  return {
    count: values.length,
    wins,
    losses,
    gained: finite ? gained : Number.NaN,
    lost: finite ? lost : Number.NaN,
    winStreak,
    lossStreak,
  };
}

/** Share of gains among all values. */
export const winRate = (g: GainsAndLosses): number => (Number.isNaN(g.gained) ? Number.NaN : quotient(g.wins, g.count));

/** Share of gains among the values that moved: days out of the market count neither way (quantstats). */
export const hitRate = (g: GainsAndLosses): number =>
  Number.isNaN(g.gained) ? Number.NaN : quotient(g.wins, g.wins + g.losses);

export const averageGain = (g: GainsAndLosses): number => quotient(g.gained, g.wins);

/** Mean loss, < 0. */
export const averageLoss = (g: GainsAndLosses): number => quotient(g.lost, g.losses);

/** Sum of gains over sum of losses; NaN without a loss. */
export const profitFactor = (g: GainsAndLosses): number => quotient(g.gained, -g.lost);

/** Mean gain over mean loss; NaN without a gain or a loss. */
export const payoffRatio = (g: GainsAndLosses): number => quotient(averageGain(g), -averageLoss(g));

/** Kelly's fraction of a two-outcome bet: p - (1 - p) / payoff (Kelly 1956), p the share of gains among moves. */
export const kellyFraction = (g: GainsAndLosses): number => {
  const p = hitRate(g);
  return p - quotient(1 - p, payoffRatio(g));
};

/** Chance to lose everything betting one unit of n at even odds: ((1 - edge) / (1 + edge))^n with the hit rate as edge (quantstats). */
export const riskOfRuin = (g: GainsAndLosses): number => {
  const p = hitRate(g);
  // NaN ** 0 is 1 in IEEE 754, but no periods are no certainty of ruin.
  return Number.isNaN(p) ? Number.NaN : ((1 - p) / (1 + p)) ** g.count;
};

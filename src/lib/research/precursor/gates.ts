/** Conditions on an instrument under which its alerts are worth having: liquid enough, cheap enough, alive. */

/** A limit on the mean of a scaled channel over the window of an alert. */
export type Gate = {
  readonly channel: string;
  readonly side: 'at-least' | 'at-most';
  /** In robust deviations from what is usual at that time of day. */
  readonly limit: number;
  /** Share of the fitting windows below the limit. */
  readonly quantile: number;
};

/** A gate before its limit is known. */
export type GateRule = Pick<Gate, 'channel' | 'side'>;

/** Missing values pass no gate. */
export function passes({ side, limit }: Pick<Gate, 'side' | 'limit'>, value: number): boolean {
  return side === 'at-least' ? value >= limit : value <= limit;
}

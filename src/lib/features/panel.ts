/** Channels of many instruments through time: what feature specifications read, whether they come from bars, from ticks or from a generator. */

/** One instrument's channels as equal-length columns, in the order in which the rows became known. */
export type ChannelSeries = {
  readonly symbol: string;
  /** When the row was known (ingest time), UTC epoch milliseconds, never decreasing. */
  readonly at: Float64Array;
  /** Trading day of the row, as days since 1970-01-01 in the zone of the session; never decreasing. */
  readonly day: Int32Array;
  /** Place of the row in its session, 0 for its first bar: what seasonal scaling goes by. */
  readonly slot: Int32Array;
  /** One column a channel, in the order of `Panel.channels`; missing is NaN. */
  readonly values: readonly Float64Array[];
};

export type Panel = {
  readonly channels: readonly string[];
  /** Length of a row's bar or window in milliseconds. */
  readonly stepMs: number;
  /** Slots of a session: every `slot` is below it. */
  readonly slots: number;
  readonly series: readonly ChannelSeries[];
};

/** An artifact on bars as they complete: its channels as expressions, its sessions counted as in the discovery, its alerts as they become known. */
import { channelExpression, type SessionCalendar, sessionClock } from '../../features/index.ts';
import type { Expr } from '../../indicators/index.ts';
import { parseTimeframe, timeframeMs } from '../../model/index.ts';
import type { PrecursorArtifact } from '../distill/artifact.ts';
import {
  type PrecursorAlert,
  type PrecursorScorer,
  type PrecursorStream,
  precursorScorer,
} from './precursor-scorer.ts';

export interface BarScorer {
  /** What to compute of each bar, in the order in which `push` takes it. */
  readonly channels: readonly Expr[];
  /** How long after an alert its event is awaited, milliseconds of market time. */
  readonly horizonMs: number;
  /**
   * Takes a completed bar of an instrument, in the order in which bars become known; those outside the session are passed over.
   * @param complete when the bar is complete, epoch milliseconds
   * @param values its channels
   * @throws SigmaError usage/unknown-instrument as `precursorScorer`
   */
  push(symbol: string, complete: number, values: ArrayLike<number>): PrecursorAlert | undefined;
  readonly counts: PrecursorScorer['counts'];
}

/**
 * All instruments share the artifact's budget of alerts.
 * @param calendar the one that the artifact's specification names
 */
export function barScorer(artifact: PrecursorArtifact, calendar: SessionCalendar): BarScorer {
  const { specification } = artifact;
  const stepMs = timeframeMs(parseTimeframe(specification.timeframe));
  const clock = sessionClock(specification, calendar, stepMs);
  const scorer = precursorScorer(artifact);
  const streams = new Map<string, PrecursorStream>();
  const streamOf = (symbol: string): PrecursorStream => {
    const known = streams.get(symbol) ?? scorer.stream(symbol);
    streams.set(symbol, known);
    return known;
  };
  return {
    channels: specification.channels.map((channel, k) => channelExpression(channel, `channels.${k}`)),
    horizonMs: artifact.horizonRows * stepMs,
    push: (symbol, complete, values) =>
      clock.place(complete - stepMs) ? streamOf(symbol).push(values, clock.slot, clock.day) : undefined,
    counts: scorer.counts,
  };
}

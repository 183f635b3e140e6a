/** An artifact on bars as they complete: its channels as expressions, its sessions counted as in the discovery, its alerts as they become known. */
import { SigmaError } from '../../core/index.ts';
import { channelExpression, type SessionCalendar, sessionClock } from '../../features/index.ts';
import type { Expr } from '../../indicators/index.ts';
import { parseTimeframe, timeframeMs } from '../../model/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import {
  type PrecursorAlert,
  type PrecursorScorer,
  type PrecursorStream,
  precursorScorer,
} from './precursor-scorer.ts';

export interface BarScorer extends Pick<PrecursorScorer, 'counts' | 'budget'> {
  /** What to compute of each bar, in the order in which `push` takes it. */
  readonly channels: readonly Expr[];
  /** Bars that it scores. */
  readonly timeframe: string;
  /** How long after an alert its event is awaited, milliseconds of market time. */
  readonly horizonMs: number;
  /**
   * Takes a completed bar of an instrument, in the order in which bars become known; those outside the session are passed over.
   * @param values its channels
   * @throws SigmaError research/bad-artifact for bars of another timeframe, usage/unknown-instrument as `precursorScorer`
   */
  push(bar: CompletedBar, values: ArrayLike<number>): PrecursorAlert | undefined;
}

export type CompletedBar = {
  readonly symbol: string;
  /** When it began and when it is complete, epoch milliseconds. */
  readonly opened: number;
  readonly complete: number;
};

/**
 * All instruments share the artifact's budget of alerts.
 * @param calendar the one that the artifact's specification names
 * @param before the scorer that it takes the place of in the middle of a run: it goes on with the budget of the day
 * @throws SigmaError research/bad-artifact for features of ticks, or of other bars than those scored before
 */
export function barScorer(artifact: PrecursorArtifact, calendar: SessionCalendar, before?: BarScorer): BarScorer {
  const { specification } = artifact;
  const { timeframe } = specification;
  if (specification.source !== 'bars')
    throw refusal(artifact, 'source', `its features are of ${specification.source}, and bars are scored`);
  if (before !== undefined && before.timeframe !== timeframe)
    throw refusal(artifact, 'timeframe', `it scores bars of ${timeframe}, and bars of ${before.timeframe} are scored`);
  const stepMs = timeframeMs(parseTimeframe(timeframe));
  const clock = sessionClock(specification, calendar, stepMs);
  const scorer = precursorScorer(artifact, before);
  const streams = new Map<string, PrecursorStream>();
  const streamOf = (symbol: string): PrecursorStream => {
    const known = streams.get(symbol) ?? scorer.stream(symbol);
    streams.set(symbol, known);
    return known;
  };
  return {
    channels: specification.channels.map((channel, k) => channelExpression(channel, `channels.${k}`)),
    timeframe,
    horizonMs: artifact.horizonRows * stepMs,
    push: ({ symbol, opened, complete }, values) => {
      if (complete - opened !== stepMs)
        throw refusal(artifact, 'timeframe', `it scores bars of ${timeframe}, not of ${(complete - opened) / 1000} s`);
      return clock.place(opened) ? streamOf(symbol).push(values, clock.slot, clock.day) : undefined;
    },
    counts: scorer.counts,
    budget: scorer.budget,
  };
}

function refusal({ name }: PrecursorArtifact, key: string, found: string): SigmaError {
  return new SigmaError('research/bad-artifact', found, {
    where: `${name}: specification.${key}`,
    hint: 'run the strategy on bars that the artifact was made from, or distil one from bars like these',
  });
}

/** How many tools do it: k-means over all days, each cluster tested on the days it was found on, nobody counting the tests. It shows what the nulls can tell. */
import { kMeans } from '../../learning/index.ts';
import { binomialCdf } from '../../statistics/index.ts';
import { researchDefaults } from '../defaults.ts';
import { firstAfter, indexEvents } from '../events/event-index.ts';
import type { EventTable } from '../events/event-table.ts';
import { daysOf } from '../splits/split-days.ts';
import type { Mined } from './mine.ts';
import { horizonRows } from './setting.ts';

const CLUSTERS = 24;
const { minSupport, minLift, level } = researchDefaults.test;

/** Clusters the candidates once, whatever the events; returns how many clusters "survive" under given events. */
export function inSampleBaseline({ panel, candidates }: Mined, seed: number): (events: EventTable) => number {
  const count = candidates.row.length;
  if (count < CLUSTERS) return () => 0;
  const { labels } = kMeans(candidates.vectors, { clusters: CLUSTERS, start: { seed, runs: 1 } });
  const dayOf = daysOf(panel, candidates);
  return (events) => {
    const days = indexEvents(panel, events);
    const trials = new Float64Array(CLUSTERS);
    const successes = new Float64Array(CLUSTERS);
    for (let i = 0; i < count; i++) {
      const series = candidates.series[i]!;
      const day = days.get(dayOf[i]!)!;
      const times = day.events[day.present.indexOf(series)]!;
      trials[labels[i]!]!++;
      const at = candidates.at[i]!;
      if (firstAfter(times, at) <= at + horizonRows * panel.stepMs) successes[labels[i]!]!++;
    }
    const base = successes.reduce((a, b) => a + b, 0) / count;
    const survives = (n: number, k: number): boolean =>
      n >= minSupport && successes[k]! / n >= minLift * base && 1 - binomialCdf(successes[k]! - 1, n, base) <= level;
    return trials.filter(survives).length;
  };
}

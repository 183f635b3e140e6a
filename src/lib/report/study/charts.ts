/** The charts of a study's page. */
import type { ColumnChart, LineChart } from '../chart/spec.ts';
import { formatNumber } from '../format.ts';
import type { CurveView, StudyView } from './study-view.ts';

const BINS = 40;

/** How many sets reach which score. */
export function scoreDistribution(view: StudyView, score: ArrayLike<number>): ColumnChart {
  const known = Array.from(score).filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const bins = high > low ? Math.min(BINS, Math.max(5, Math.ceil(Math.sqrt(known.length)))) : 1;
  const width = (high - low) / bins || 1;
  const values = new Array<number>(bins).fill(0);
  for (const value of known) values[Math.min(bins - 1, Math.floor((value - low) / width))]! += 1;
  const zero = (0 - low) / width;
  return {
    kind: 'column',
    title: `Sets by ${view.objective}`,
    unit: 'count',
    labels: values.map((_, k) => formatNumber(low + (k + 0.5) * width)),
    values,
    tone: 'accent',
    marks: [
      ...(zero > 0 && zero < bins ? [{ at: zero, label: '0', tone: 'muted' as const }] : []),
      { at: bins, label: 'best', tone: 'gain' },
    ],
  };
}

/** Growth of the best set against the benchmark; undefined where it was not kept. */
export function equityChart({ equity, strategy, holdout }: StudyView): LineChart | undefined {
  if (equity === undefined || equity.best.time.length < 2) return undefined;
  const { best, benchmark } = equity;
  return {
    kind: 'line',
    title: `Growth of the best set${benchmark === undefined ? '' : ' against the benchmark'}`,
    unit: 'ratio',
    time: best.time,
    log: true,
    series: [
      { name: strategy, tone: 'accent', values: best.value },
      ...(benchmark === undefined ? [] : [{ name: benchmark.name, tone: 'muted' as const, values: benchmark.value }]),
    ],
    ...(holdout === undefined
      ? {}
      : {
          note: `From ${new Date(holdout.span.from).toISOString().slice(0, 10)} on it is held out: no search saw it.`,
        }),
  };
}

export function stitchedChart({ time, value }: CurveView): LineChart {
  return {
    kind: 'line',
    title: 'Growth out of sample, windows one after the other',
    unit: 'ratio',
    time,
    reference: 1,
    series: [{ name: 'walk-forward', tone: 'accent', values: value }],
  };
}

/** Walk-forward of a study: the whole search repeated on each in-sample part, its best set traded on what follows. */
import { SigmaError } from '../core/index.ts';
import {
  paramsAt,
  type Stretch,
  type TrialTable,
  type WalkForwardSpec,
  walkForwardWindows,
} from '../optimize/index.ts';
import type { WalkForwardView } from '../report/index.ts';
import { type Desk, measure, searchPart } from './desk.ts';
import { equityOf, figuresOfPath } from './paths.ts';

export type ForwardResult = {
  readonly view: WalkForwardView;
  /** The trials of each window. */
  readonly searches: readonly TrialTable[];
  /** Stitched out-of-sample returns and the periods they are of. */
  readonly returns: Float64Array;
  readonly stretch: Stretch;
};

/** @param periods searched, from the first of the range @throws SigmaError study/too-short */
export async function walkForward(desk: Desk, periods: number, spec: WalkForwardSpec): Promise<ForwardResult> {
  const { arena, plan } = desk;
  const { periodEnds, periodsPerYear } = arena.whole.sweep;
  const windows = walkForwardWindows(periods, spec);
  const rows: WalkForwardView['windows'][number][] = [];
  const searches: TrialTable[] = [];
  const stretch = { from: windows[0]!.outOfSample.from, to: windows.at(-1)!.outOfSample.to };
  const stitched = new Float64Array(stretch.to - stretch.from);
  for (const [w, { inSample, outOfSample }] of windows.entries()) {
    const found = await searchPart(desk, await arena.part(inSample), `window-${w + 1}`);
    searches.push(found.trials);
    if (desk.signal?.aborted === true) break;
    const best = found.order[0];
    const when = { inSample: timesOf(periodEnds, inSample), outOfSample: timesOf(periodEnds, outOfSample) };
    if (best === undefined) {
      rows.push({ ...when, searched: Number.NaN, figures: {} });
      continue;
    }
    const params = paramsAt(plan.space, found.trials.pointAt(best));
    const { returns } = measureOrFlat(await arena.part(outOfSample), params);
    stitched.set(returns.subarray(0, outOfSample.to - outOfSample.from), outOfSample.from - stretch.from);
    rows.push({
      ...when,
      params,
      searched: found.scores[best]!,
      searchedSharpe: found.trials.figures.sharpe[best]!,
      figures: figuresOfPath(returns, periodsPerYear),
    });
  }
  const figures = figuresOfPath(stitched, periodsPerYear);
  const inSampleSharpe = meanOf(rows.map(({ searchedSharpe = Number.NaN }) => searchedSharpe));
  return {
    searches,
    returns: stitched,
    stretch,
    view: {
      spec,
      windows: rows,
      figures,
      efficiency: inSampleSharpe > 0 ? figures['sharpe']! / inSampleSharpe : Number.NaN,
      equity: equityOf(stitched, periodEnds.subarray(stretch.from, stretch.to)),
    },
  };
}

/** A set that worked in sample may still throw later: that window earns nothing, and the report shows it. */
function measureOrFlat(part: Parameters<typeof measure>[0], params: Parameters<typeof measure>[1]) {
  try {
    return measure(part, params);
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { returns: new Float64Array(part.sweep.periodEnds.length) };
  }
}

export function timesOf(
  periodEnds: Float64Array,
  { from, to }: Stretch,
): { readonly from: number; readonly to: number } {
  return { from: periodEnds[from] ?? Number.NaN, to: periodEnds[to - 1] ?? Number.NaN };
}

function meanOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}

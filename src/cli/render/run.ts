/** The JSON document of a run. */
import type { Run } from '../../lib/runs/index.ts';

/** What `--json` says of a run that was just made. */
export function runDocument(run: Run) {
  const { view, result } = run;
  return {
    id: run.id,
    status: view.status,
    stored: run.saved?.outcome ?? null,
    strategy: view.strategy,
    params: run.params,
    dataset: view.dataset,
    settings: Object.fromEntries(view.settings),
    period: period(result.equity.time),
    currency: view.currency,
    totals: result.totals,
    bars: result.bars,
    ambiguousBars: result.ambiguousBars,
    ended: result.ended,
    ...(view.bounds === undefined ? {} : { bounds: view.bounds }),
    metrics: run.metrics,
    intervals: run.intervals,
    durationMs: run.durationMs,
  };
}

function period(times: Float64Array) {
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
  return { from: iso(times[0]), to: iso(times.at(-1)) };
}

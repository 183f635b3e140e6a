/** The JSON document of a run that was just made. */
import { runDocument } from '../../lib/report/index.ts';
import type { Run } from '../../lib/runs/index.ts';

/** The run's document, and what became of it. */
export function madeRunDocument(run: Run) {
  return { ...runDocument(run.view), stored: run.saved?.outcome ?? null, durationMs: run.durationMs };
}

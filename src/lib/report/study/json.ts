/** A study as the JSON document `sigma.study/1`. */
import type { StudyView } from './study-view.ts';

export const STUDY_SCHEMA = 'sigma.study/1';

/** Times are ISO 8601 in UTC; numbers that are not finite become null where the document is written. */
export function studyDocument(view: StudyView): Readonly<Record<string, unknown>> {
  const { from, to, top, ...rest } = view;
  return { ...rest, period: { from: iso(from), to: iso(to) }, best: top[0] ?? null, top };
}

function iso(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

/** Use cases over searches: market, sweep, search, honesty and store joined into studies. */
export type { StudyOptions } from './options.ts';
export { readStudyResult } from './result.ts';
export { runStudy, type Study, type StudyContext } from './run-study.ts';
export type { StudyProgress } from './stage.ts';

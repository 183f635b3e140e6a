/** Use cases over searches: market, sweep, search, honesty and store joined into studies. */
export type { OpenExecutor } from './arena.ts';
export { exportStudy } from './export.ts';
export { type OptimizeOptions, optimize } from './library.ts';
export type { StudyOptions } from './options.ts';
export { runStudy, type Study, type StudyContext } from './run-study.ts';
export type { StudyProgress } from './stage.ts';
export { findStudy, storedStudyTrials, storedStudyView } from './stored.ts';

/** Many parameter sets of one strategy at once. */
export { type FigureKey, figureKeys, type ParamSet, type Sweep, type SweepResult } from './sweep.ts';

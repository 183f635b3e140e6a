/** Many parameter sets of one strategy at once. */
export { createSweep } from './create-sweep.ts';
export {
  type FigureKey,
  figureKeys,
  type ParamSet,
  type Sweep,
  type SweepEngine,
  type SweepOptions,
  type SweepPath,
  type SweepResult,
  type SweepTrace,
  type SweepWants,
} from './sweep.ts';

export { type ResampleOptions, resampleBars } from './resample.ts';

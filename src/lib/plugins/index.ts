/** Strategy files: found, bundled, loaded, checked and begun. */
export { listStrategies, loadStrategy, type PluginOptions, type StrategyEntry } from './find.ts';
export { type LoadedStrategy, loadStrategyCode } from './load.ts';
export { newStrategy } from './new-strategy.ts';
export { packageRoot, packageVersion } from './package-root.ts';
export { readableCode } from './readable-code.ts';
export { mapStack } from './source-positions.ts';
export { checkTypes, type TypeCheck, type TypeProblem } from './type-check.ts';

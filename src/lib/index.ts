/** The public surface of sigma-quant: what the command line does, as functions over frames. */
export { createRng, type ErrorCode, type Rng, SigmaError } from './core/index.ts';
export * from './engine/index.ts';
export * from './execution/index.ts';
export * from './frame/index.ts';
export * from './indicators/index.ts';
export * from './model/index.ts';
export * from './portfolio/index.ts';
export * from './risk/index.ts';
export * from './strategy/index.ts';

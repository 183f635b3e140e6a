/** Errors and their catalogue, canonical JSON, hashes, seeded randomness, and the assembler of inner loops. No trading word. */
export * as assembler from './assembler.ts';
export { canonicalJson, type Json } from './canonical.ts';
export { type ErrorCode, errorCodes, exitCodes } from './codes.ts';
export { type ErrorDetail, invariant, SigmaError, unreachable } from './error.ts';
export { Fifo } from './fifo.ts';
export { flatten } from './flatten.ts';
export { hashJson, sha256 } from './hash.ts';
export { didYouMean, nearest } from './nearest.ts';
export { createRng, type Rng } from './rng.ts';
export { requireSchema } from './schema.ts';
export { shuffle } from './shuffle.ts';
export { compile, type Routines, type WorkMemory, workMemory } from './webassembly.ts';

/** The public surface of sigma-quant: what the command line does, as functions over frames. */
export * from './core/index.ts';

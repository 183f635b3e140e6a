/** Trials on all cores and on other machines, behind the same port as in this thread. */
export type { BlockHash, BlockStore } from './block-store.ts';
export { cachedBlocks } from './cached-blocks.ts';
export { directoryBlocks } from './directory-blocks.ts';
export { openBlocks } from './open-blocks.ts';
export { openSweepQueue, type QueueOptions, type SweepQueue } from './queue-executor.ts';
export { type QueueWorker, type QueueWorkerOptions, startQueueWorker } from './queue-worker.ts';
export type { SweepSpec } from './spec.ts';
export { createThreadPool, type ThreadPool } from './thread-pool.ts';

/** Waits until workers of the right version are there, or says why not. */
import type { Redis } from 'ioredis';
import { SigmaError } from '../core/index.ts';
import { presentWorkers } from './presence.ts';
import { redisName, wentAway } from './queue.ts';
import type { RollCallOptions } from './roll-call-options.ts';

export const PATIENCE_MS = 30_000;

/** @returns lanes of all workers of this version. @throws SigmaError service/no-workers, service/unreachable */
export async function waitForWorkers(redis: Redis, version: string, options: RollCallOptions): Promise<number> {
  const { patienceMs = PATIENCE_MS, onNotice } = options;
  const start = performance.now();
  for (let told = false; ; ) {
    // A question that is asked of a lost connection waits until it is back.
    const present = redis.status === 'ready' ? await presentWorkers(redis) : [];
    const lanes = present.reduce((sum, worker) => sum + (worker.version === version ? worker.lanes : 0), 0);
    if (lanes > 0) return lanes;
    const isLate = performance.now() - start > patienceMs;
    if (isLate && redis.status !== 'ready') throw wentAway(options.redis);
    if (isLate || present.length > 0)
      throw noWorkers(
        options.redis,
        version,
        present.map((worker) => worker.version),
      );
    if (!told) onNotice?.('no worker is there yet; start one with: sigma worker --redis …');
    told = true;
    await new Promise((resume) => setTimeout(resume, 250));
  }
}

export function noWorkers(redis: string, version: string, others: readonly string[]): SigmaError {
  if (others.length === 0)
    return new SigmaError('service/no-workers', 'no worker answers', {
      where: redisName(redis),
      hint: 'start one with sigma worker --redis URL --blocks STORE',
    });
  return new SigmaError(
    'service/no-workers',
    `the workers there run ${[...new Set(others)].join(', ')}, this is ${version}`,
    {
      where: redisName(redis),
      hint: 'run the same build of sigma and of Node everywhere: results must be equal to the byte',
    },
  );
}

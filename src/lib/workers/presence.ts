/** Which workers are there: each names its connection to Redis, which forgets it when the worker is gone. */
import type { Redis } from 'ioredis';

export type WorkerPresence = { readonly version: string; readonly lanes: number };

/** The name of a worker's connection. */
export function presenceName({ version, lanes }: WorkerPresence): string {
  return `sigma-worker/${version}/${lanes}`;
}

export async function presentWorkers(redis: Redis): Promise<readonly WorkerPresence[]> {
  const clients = String(await redis.client('LIST'));
  return [...clients.matchAll(/ name=sigma-worker\/([^/ ]+)\/(\d+) /g)].map(([, version = '', lanes]) => ({
    version,
    lanes: Number(lanes),
  }));
}

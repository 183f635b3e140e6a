/** Which workers are there: each says so in Redis, under a key that vanishes when it stops saying it. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

const PREFIX = 'sigma:worker:';
const SECONDS = 10;

export type WorkerPresence = { readonly version: string; readonly lanes: number };

/** Says it now and every few seconds until the returned function is called. */
export async function announce(redis: Redis, presence: WorkerPresence): Promise<() => Promise<void>> {
  const key = `${PREFIX}${randomUUID()}`;
  const say = (): Promise<unknown> => redis.set(key, JSON.stringify(presence), 'EX', SECONDS);
  await say();
  // A lost connection is found again by the client; the next turn says it anew.
  const timer = setInterval(() => void say().catch(() => undefined), (SECONDS * 1_000) / 4);
  return async () => {
    clearInterval(timer);
    await redis.del(key).catch(() => undefined);
  };
}

export async function presentWorkers(redis: Redis): Promise<readonly WorkerPresence[]> {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: `${PREFIX}*`, count: 1_000 })) keys.push(...(found as string[]));
  if (keys.length === 0) return [];
  const values = await redis.mget(keys);
  return values.flatMap((value) => (value === null ? [] : [JSON.parse(value) as WorkerPresence]));
}

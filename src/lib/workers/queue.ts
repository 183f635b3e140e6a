/** The queue between those who start sweeps and their workers: its name, its jobs, its connection. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis, RedisOptions } from 'ioredis';
import { SigmaError, sha256 } from '../core/index.ts';
import { packageRoot, packageVersion } from '../plugins/index.ts';
import type { ParamSet, SweepWants } from '../sweep/index.ts';
import type { BlockHash } from './block-store.ts';

export type SweepJob = {
  readonly spec: BlockHash;
  readonly sets: readonly ParamSet[];
  readonly wants: SweepWants;
};

/** Where a worker left what it found: a block with a `PlainResult`, or why the whole batch was refused. */
export type SweepAnswer = { readonly result: BlockHash } | { readonly refused: string };

/**
 * Results are equal to the byte only between equal builds on equal runtimes: sigma's version, the hash of its build, and Node's version.
 */
export function workVersion(): string {
  const build = sha256(readFileSync(join(packageRoot(), 'dist', 'workers', 'thread.js'))).slice(0, 8);
  return `${packageVersion()}-${build}-node${process.versions.node}`;
}

/** Each version has a queue of its own: work never reaches a worker that would answer otherwise. */
export function queueName(version: string): string {
  return `sigma-sweeps-${version}`;
}

/**
 * @param url `redis://` or `rediss://`, with user and password in it
 * @param options.name what Redis lists this connection as
 * @param options.leaving once aborted, a lost connection, and one made from it, is not found again: it ends
 * @throws SigmaError usage/bad-option, service/unreachable when it does not answer within `patienceMs`
 */
export async function connect(
  url: string,
  {
    name = 'sigma',
    patienceMs = 5_000,
    leaving,
  }: { readonly name?: string; readonly patienceMs?: number; readonly leaving?: AbortSignal } = {},
): Promise<Redis> {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url))
    throw new SigmaError('usage/bad-option', 'that is no address of a Redis server', {
      where: redisName(url),
      hint: 'give redis://host:port, with user and password in it where needed',
    });
  // Loaded on first use: most uses of the library never see a queue.
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectionName: name,
    maxRetriesPerRequest: null,
    connectTimeout: patienceMs,
    // Until the first answer a refusal is final; afterwards a lost connection is found again.
    retryStrategy: (attempt) => (leaving?.aborted ? null : Math.min(attempt * 100, 2_000)),
  } satisfies RedisOptions);
  let reason = 'no answer';
  redis.on('error', (cause: Error) => {
    reason = cause.message === '' ? String(cause) : cause.message;
  });
  const timer = setTimeout(() => redis.disconnect(), patienceMs);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch {
    redis.disconnect();
    throw new SigmaError('service/unreachable', `Redis does not answer (${reason})`, {
      where: redisName(url),
      hint: 'is it running, and is the address right?',
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits until a connection is there or has ended, which takes one more attempt at most once its user is leaving.
 * BullMQ's own closing waits for ever for a connection that is between two attempts.
 */
export async function settled(connecting: Promise<Connection> | undefined): Promise<void> {
  const connection = await connecting?.catch(() => undefined);
  if (connection === undefined || connection.status === 'ready' || connection.status === 'end') return;
  await new Promise<void>((resolve) => {
    for (const event of ['ready', 'end']) connection.once(event, () => resolve());
  });
}

/** Tells once when a connection is lost, and once when it is found again. */
export function tellLosses(redis: Redis, url: string, tell: ((message: string) => void) | undefined): void {
  let isLost = false;
  redis.on('reconnecting', () => {
    if (isLost) return;
    isLost = true;
    tell?.(`${redisName(url)} does not answer; trying again`);
  });
  redis.on('ready', () => {
    if (isLost) tell?.(`${redisName(url)} answers again`);
    isLost = false;
  });
}

type Connection = { readonly status: string; once(event: string, listener: () => void): unknown };

/** The address without what is secret in it. */
export function redisName(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^@/]*@/, '//');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** It answered once, and has not for long. */
export function wentAway(url: string): SigmaError {
  const hint = 'trials that were finished are kept; start the same command again when it is back';
  return new SigmaError('service/unreachable', 'Redis went away', { where: redisName(url), hint });
}

/** What Redis said when it refused a command: full memory, read-only, wrong password. */
export function refusedBy(url: string, cause: unknown): SigmaError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const full = /\bOOM\b/.test(message);
  return new SigmaError('service/refused', full ? 'Redis has no memory left' : `Redis refused: ${message}`, {
    where: redisName(url),
    ...(full ? { hint: 'raise its maxmemory or remove what fills it' } : {}),
    cause,
  });
}

/** Sweeps through a real Redis: killed workers, a restarted server and a worker of another build lose and repeat nothing that shows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryBlocks, openSweepQueue, type SweepQueue, startQueueWorker } from '../../src/lib/workers/index.ts';
import { bitsOf, expectedOf, sampleSpec, sets } from '../workers/sample-sweep.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');
let redis: RedisServer;
let folder = '';
const children = new Set<ChildProcess>();
const queues = new Set<SweepQueue>();

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'sigma-queue-'));
});
afterEach(async () => {
  const open = [...queues];
  queues.clear();
  for (const child of children) await kill(child);
  for (const queue of open) await queue.close();
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true });
});

/** `sigma worker` in a process of its own, once it takes work. */
async function worker(): Promise<ChildProcess> {
  const args = ['worker', '--redis', redis.url, '--blocks', join(folder, 'blocks'), '--cache', join(folder, 'cache')];
  const child = spawn(process.execPath, [main, ...args, '--threads', '1'], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.add(child);
  await lineOf(child, 'takes work');
  return child;
}

/** The first line on stderr that has this text. */
async function lineOf(child: ChildProcess, text: string): Promise<string> {
  for await (const line of createInterface({ input: child.stderr! })) if (line.includes(text)) return line;
  throw new Error(`the worker ended before it said '${text}'`);
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function open(notices: string[] = []): Promise<SweepQueue> {
  const queue = await openSweepQueue({
    redis: redis.url,
    blocks: directoryBlocks(join(folder, 'blocks')),
    onNotice: (text) => notices.push(text),
  });
  queues.add(queue);
  return queue;
}

describe('a sweep over workers', () => {
  it('gives the bits that this thread gives, from one worker and from three', async () => {
    const spec = await sampleSpec();
    const expected = bitsOf(await expectedOf(spec));
    for (const count of [1, 2]) {
      for (let k = 0; k < count; k++) await worker();
      const queue = await open();
      const executor = await queue.open(spec);
      const parts = await Promise.all(sets.map((set) => executor.evaluate([set], { returns: true })));
      for (const name of Object.keys(expected))
        expect(parts.map((part) => bitsOf(part)[name]).join('')).toBe(expected[name]);
      await executor.close();
    }
  });

  it('outlives a worker killed in the middle and a Redis that forgot everything', async () => {
    const spec = await sampleSpec(20_000);
    const [first] = [await worker(), await worker()];
    const queue = await open();
    const executor = await queue.open(spec);
    const asked = Array.from({ length: 24 }, (_, k) => ({ lookback: 5 + k, threshold: 0.02 }));
    const expected = bitsOf(await expectedOf(spec, asked));
    const running = asked.map((set) => executor.evaluate([set], { returns: true }));
    await running[0];
    await kill(first!);
    await running[3];
    await redis.restart();
    const parts = await Promise.all(running);
    for (const name of Object.keys(expected))
      expect(parts.map((part) => bitsOf(part)[name]).join('')).toBe(expected[name]);
  });

  it('leaves no results in the block store', async () => {
    await worker();
    const queue = await open();
    const executor = await queue.open(await sampleSpec());
    const before = blocksThere();
    await executor.evaluate(sets);
    expect(blocksThere()).toEqual(before);
  });
});

/** A promise and what resolves it. */
function latch(): [Promise<void>, () => void] {
  let open = (): void => undefined;
  return [new Promise<void>((resolve) => (open = resolve)), () => open()];
}

describe('a batch', () => {
  it('that was refused is evaluated when it is asked for again', async () => {
    const blocks = directoryBlocks(join(folder, 'own'));
    const elsewhere = directoryBlocks(join(folder, 'elsewhere'));
    const stranger = await startQueueWorker({ redis: redis.url, blocks: elsewhere, threads: 1 });
    const queue = await openSweepQueue({ redis: redis.url, blocks });
    queues.add(queue);
    const spec = await sampleSpec(300);
    const executor = await queue.open(spec);
    const refused = executor.evaluate(sets, { returns: true });
    await expect(refused).rejects.toMatchObject({ code: 'store/missing-block' });
    await stranger.stop();
    const one = await startQueueWorker({ redis: redis.url, blocks, threads: 1 });
    expect(bitsOf(await executor.evaluate(sets, { returns: true }))).toEqual(bitsOf(await expectedOf(spec)));
    await one.stop();
  });

  it('is not evaluated for ever by a worker that has what it needs and leaves the results elsewhere', async () => {
    const blocks = directoryBlocks(join(folder, 'here'));
    const elsewhere = directoryBlocks(join(folder, 'there'));
    const stranger = await startQueueWorker({ redis: redis.url, blocks: elsewhere, threads: 1 });
    const queue = await openSweepQueue({ redis: redis.url, blocks });
    queues.add(queue);
    const executor = await queue.open(await sampleSpec(300));
    cpSync(join(folder, 'here'), join(folder, 'there'), { recursive: true });
    await expect(executor.evaluate(sets)).rejects.toMatchObject({ code: 'store/missing-block' });
    await stranger.stop();
  });

  it('is evaluated though an equal search ended and took the specification with it', async () => {
    const blocks = directoryBlocks(join(folder, 'shared'));
    const one = await startQueueWorker({ redis: redis.url, blocks, threads: 1 });
    const queue = await openSweepQueue({ redis: redis.url, blocks });
    queues.add(queue);
    const spec = await sampleSpec(300);
    const [ended, staying] = [await queue.open(spec), await queue.open(spec)];
    await ended.close();
    expect(bitsOf(await staying.evaluate(sets, { returns: true }))).toEqual(bitsOf(await expectedOf(spec)));
    await one.stop();
  });

  it('answers all who ask for it at once', async () => {
    await worker();
    const spec = await sampleSpec();
    const executor = await (await open()).open(spec);
    const expected = bitsOf(await expectedOf(spec));
    const answers = await Promise.all([1, 2].map(() => executor.evaluate(sets, { returns: true })));
    for (const answer of answers) expect(bitsOf(answer)).toEqual(expected);
  });

  it('is not waited for once the user has stopped it while Redis is away', async () => {
    const server = await startRedis();
    const blocks = directoryBlocks(join(folder, 'blocks'));
    const stopping = new AbortController();
    try {
      const one = await startQueueWorker({ redis: server.url, blocks, threads: 1 });
      const [lost, isLost] = latch();
      const queue = await openSweepQueue({
        redis: server.url,
        blocks,
        signal: stopping.signal,
        onNotice: isLost,
      });
      const executor = await queue.open(await sampleSpec());
      await server.kill();
      await lost;
      const asked = executor.evaluate(sets);
      stopping.abort();
      await expect(asked).rejects.toMatchObject({ code: 'run/interrupted' });
      await Promise.all([queue.close(), one.stop()]);
    } finally {
      await server.stop();
    }
  });
});

function blocksThere(): string[] {
  return readdirSync(join(folder, 'blocks'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.length > 2)
    .sort();
}

describe('what cannot work', () => {
  it('says so when no worker is there', async () => {
    const waiting = openSweepQueue({ redis: redis.url, blocks: directoryBlocks(folder), patienceMs: 300 });
    await expect(waiting).rejects.toMatchObject({ code: 'service/no-workers' });
  });

  it('names both versions when the workers run another build', async () => {
    const client = new Redis(redis.url, { connectionName: 'sigma-worker/9.9.9-other/2' });
    await client.ping();
    const refused = openSweepQueue({ redis: redis.url, blocks: directoryBlocks(folder) });
    await expect(refused).rejects.toThrow(/9\.9\.9-other, this is \d+\.\d+\.\d+-/);
    client.disconnect();
  });

  it('does not wait for a Redis that is not there, and does not show its password', async () => {
    const refused = openSweepQueue({ redis: 'redis://me:hidden-word@127.0.0.1:9', blocks: directoryBlocks(folder) });
    await expect(refused).rejects.toMatchObject({ code: 'service/unreachable' });
    await expect(refused).rejects.not.toThrow('hidden-word');
    await expect(
      startQueueWorker({ redis: 'http://x', blocks: directoryBlocks(folder), threads: 1 }),
    ).rejects.toMatchObject({ code: 'usage/bad-option' });
  });

  it('closes a queue and stops a worker while Redis is away, and once it is back', async () => {
    const server = await startRedis();
    const blocks = directoryBlocks(join(folder, 'blocks'));
    try {
      for (const comesBack of [true, false]) {
        const one = await startQueueWorker({ redis: server.url, blocks, threads: 1 });
        const [lost, isLost] = latch();
        const queue = await openSweepQueue({ redis: server.url, blocks, onNotice: isLost });
        await server.kill();
        await lost;
        if (comesBack) await server.restart();
        await Promise.all([queue.close(), one.stop()]);
      }
    } finally {
      await server.stop();
    }
  });

  it('says that a full Redis is full', async () => {
    const full = await startRedis('--maxmemory', '2mb', '--maxmemory-policy', 'noeviction');
    const client = new Redis(full.url);
    const blocks = directoryBlocks(join(folder, 'blocks'));
    try {
      const one = await startQueueWorker({ redis: full.url, blocks, threads: 1 });
      const queue = await openSweepQueue({ redis: full.url, blocks });
      const executor = await queue.open(await sampleSpec());
      await client.set('filler', 'x'.repeat(1_500_000)).catch(() => undefined);
      for (let k = 0; k < 40; k++) await client.set(`filler-${k}`, 'x'.repeat(50_000)).catch(() => undefined);
      await expect(executor.evaluate(sets)).rejects.toThrow('no memory left');
      await client.flushall();
      await queue.close();
      await one.stop();
    } finally {
      client.disconnect();
      await full.stop();
    }
  });
});

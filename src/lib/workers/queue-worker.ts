/** A worker: takes batches from the queue, evaluates them on its threads, leaves the results in the block store. */
import { serialize } from 'node:v8';
import type { Job } from 'bullmq';
import { exitCodes, SigmaError } from '../core/index.ts';
import type { TrialExecutor } from '../optimize/index.ts';
import type { BlockHash, BlockStore } from './block-store.ts';
import { plainError, plainResult } from './message.ts';
import { presenceName } from './presence.ts';
import { connect, queueName, type SweepAnswer, type SweepJob, settled, tellLosses, workVersion } from './queue.ts';
import { getSpec } from './spec-blocks.ts';
import { createThreadPool, type ThreadPool } from './thread-pool.ts';

/** Sweeps kept open: a walk-forward alternates between a few. */
const OPEN_SWEEPS = 4;
/** A worker that was killed is noticed after this long, and its batch goes to another. */
const LOCK_MS = 10_000;
/** How often a batch may lose its worker before it is given up. */
const MAX_LOSSES = 20;

export type QueueWorkerOptions = {
  readonly redis: string;
  readonly blocks: BlockStore;
  readonly threads: number;
  readonly onBatch?: (batch: { readonly sets: number; readonly ms: number }) => void;
  readonly onProblem?: (message: string) => void;
};

export interface QueueWorker {
  readonly version: string;
  /** Finishes the batches in hand, takes no more. */
  stop(): Promise<void>;
}

/** @throws SigmaError service/unreachable, usage/bad-option */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { redis: url, blocks, threads, onBatch, onProblem } = options;
  const { UnrecoverableError, Worker } = await import('bullmq');
  const version = workVersion();
  const leaving = new AbortController();
  const presence = await connect(url, { name: presenceName({ version, lanes: threads }), leaving: leaving.signal });
  const redis = presence.duplicate({ connectionName: 'sigma-batches' });
  const pool = createThreadPool(threads);
  const sweeps = new OpenSweeps(pool, blocks);
  const worker = new Worker<SweepJob, SweepAnswer>(
    queueName(version),
    async (job) => {
      const start = performance.now();
      const answer = await answerTo(job, sweeps, blocks).catch((cause: unknown) => {
        if (cause instanceof SigmaError) throw cause;
        throw new UnrecoverableError(JSON.stringify(plainError(cause)));
      });
      onBatch?.({ sets: job.data.sets.length, ms: performance.now() - start });
      return answer;
    },
    {
      connection: redis,
      // One batch lies ready while answers are stored and the next is asked for.
      concurrency: threads + 1,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: MAX_LOSSES,
    },
  );
  tellLosses(redis, url, onProblem);
  worker.on('error', ({ message }) => {
    if (redis.status === 'ready') onProblem?.(problemOf(message));
  });
  return {
    version,
    stop: async () => {
      leaving.abort();
      presence.disconnect();
      await Promise.all([settled(Promise.resolve(redis)), settled(worker.getBackend().blockingClient)]);
      await worker.close();
      redis.disconnect();
      await sweeps.close();
      await pool.close();
    },
  };
}

/** What BullMQ says, in words where it says it by codes. */
function problemOf(message: string): string {
  return /^Missing (key|lock) for job/.test(message)
    ? `Redis has forgotten a batch that was in hand; who waits for it asks again (${message})`
    : message;
}

/** Bad input is an answer, not a failure: trying again would not change it. What the store or the machine refused is tried again. */
async function answerTo(job: Job<SweepJob>, sweeps: OpenSweeps, blocks: BlockStore): Promise<SweepAnswer> {
  const { spec, sets, wants } = job.data;
  try {
    const result = await sweeps.use(spec, (executor) => executor.evaluate(sets, wants));
    return { result: await blocks.put(serialize(plainResult(result))) };
  } catch (cause) {
    if (cause instanceof SigmaError && cause.exitCode !== exitCodes.service)
      return { refused: JSON.stringify(plainError(cause)) };
    throw cause;
  }
}

/** The sweeps used last, by the hash of their specification. One in use is not closed. */
class OpenSweeps {
  private readonly pool: ThreadPool;
  private readonly blocks: BlockStore;
  private readonly open = new Map<BlockHash, { readonly executor: Promise<TrialExecutor>; users: number }>();

  constructor(pool: ThreadPool, blocks: BlockStore) {
    this.pool = pool;
    this.blocks = blocks;
  }

  async use<T>(hash: BlockHash, work: (executor: TrialExecutor) => Promise<T>): Promise<T> {
    const sweep = this.open.get(hash) ?? {
      executor: getSpec(hash, this.blocks).then((spec) => this.pool.open(spec)),
      users: 0,
    };
    // Used last stands last.
    this.open.delete(hash);
    this.open.set(hash, sweep);
    sweep.users++;
    try {
      return await work(await sweep.executor);
    } catch (cause) {
      this.open.delete(hash);
      throw cause;
    } finally {
      sweep.users--;
      await this.closeOldest();
    }
  }

  async close(): Promise<void> {
    for (const { executor } of this.open.values()) await (await executor.catch(() => undefined))?.close();
  }

  private async closeOldest(): Promise<void> {
    if (this.open.size <= OPEN_SWEEPS) return;
    for (const [hash, { executor, users }] of this.open) {
      if (users > 0) continue;
      this.open.delete(hash);
      return (await executor).close();
    }
  }
}

/** Who evaluates the trials of a search: threads of this machine, or workers that listen to a queue. */
import { availableParallelism } from 'node:os';
import { SigmaError } from '../lib/core/index.ts';
import type { OpenExecutor } from '../lib/studies/index.ts';
import { interruption } from './interrupt.ts';
import type { Io } from './io.ts';

export type ExecutorFlags = { readonly threads?: number; readonly on?: string; readonly blocks?: string };

export interface TrialExecutors {
  /** Absent where this thread evaluates. */
  readonly open?: OpenExecutor;
  close(): Promise<void>;
}

/** @throws SigmaError usage/bad-option, service/unreachable, service/no-workers */
export async function trialExecutors(flags: ExecutorFlags, io: Io): Promise<TrialExecutors> {
  const { on, blocks } = flags;
  if (on !== undefined) {
    if (flags.threads !== undefined)
      throw new SigmaError('usage/bad-option', '--threads and --on exclude each other', {
        where: '--threads',
        hint: 'the threads of a worker are chosen where it runs: sigma worker --threads',
      });
    const { openBlocks, openSweepQueue } = await import('../lib/workers/index.ts');
    const queue = await openSweepQueue({
      redis: on,
      blocks: await openBlocks(blocks ?? 'artifacts/blocks'),
      signal: interruption.signal,
      onNotice: io.say,
    });
    return { open: (spec) => queue.open(spec), close: () => queue.close() };
  }
  if (blocks !== undefined)
    throw new SigmaError('usage/bad-option', 'a block store is for workers, and none are asked for', {
      where: '--blocks',
      hint: 'add --on redis://host:port',
    });
  const threads = flags.threads ?? availableParallelism();
  if (threads < 2) return { close: async () => undefined };
  const { createThreadPool } = await import('../lib/workers/index.ts');
  const pool = createThreadPool(threads);
  return { open: (spec) => pool.open(spec), close: () => pool.close() };
}

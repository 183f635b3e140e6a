/** `sigma worker`: evaluates trials that other machines hand out. */
import { once } from 'node:events';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { interruption } from '../interrupt.ts';
import { act, examples } from '../io.ts';
import { numberOption } from '../options/numbers.ts';

type Flags = {
  readonly redis?: string;
  readonly blocks: string;
  readonly threads?: number;
  readonly cache: string;
};

const cores = availableParallelism();

export function workerCommand(command: Command): void {
  command
    .option('--redis <url>', 'queue to take work from, redis://host:port (or SIGMA_REDIS_URL)')
    .option(
      '--blocks <store>',
      'where data and results travel: a shared directory, or s3://bucket/prefix',
      'artifacts/blocks',
    )
    .option(
      '--threads <n>',
      `batches at once (${cores}, the cores of this machine)`,
      numberOption('--threads', { min: 1, max: 1024, integer: true }),
    )
    .option('--cache <dir>', 'where fetched data is kept', join(homedir(), '.cache', 'sigma-quant', 'blocks'));
  examples(
    command,
    'sigma worker --redis redis://127.0.0.1:6379 --blocks /mnt/shared/blocks',
    'sigma worker --redis rediss://user:password@queue.example:6380 --blocks s3://team-blocks/sigma --threads 8',
  );
  act<Flags>(command, async (io, flags) => {
    const redis = flags.redis ?? process.env['SIGMA_REDIS_URL'];
    if (redis === undefined)
      throw new SigmaError('usage/bad-option', 'no queue was named', {
        where: '--redis',
        hint: 'for example --redis redis://127.0.0.1:6379',
      });
    const { cachedBlocks, directoryBlocks, openBlocks, startQueueWorker } = await import('../../lib/workers/index.ts');
    let batches = 0;
    let sets = 0;
    await interruption.during(async () => {
      const worker = await startQueueWorker({
        redis,
        blocks: cachedBlocks(await openBlocks(flags.blocks), directoryBlocks(flags.cache)),
        threads: flags.threads ?? cores,
        onBatch: (batch) => {
          batches++;
          sets += batch.sets;
          io.say(`${sets} trials in ${batches} batches; the last ${batch.sets} took ${Math.round(batch.ms)} ms`);
        },
        onProblem: io.say,
      });
      io.say(
        `sigma ${worker.version} takes work on ${flags.threads ?? cores} threads; Ctrl-C ends it after the batch in hand`,
      );
      if (!interruption.requested) await once(interruption.signal, 'abort');
      await worker.stop();
    });
    io.print(`${sets} trials in ${batches} batches`);
    io.document('sigma.worker/1', { trials: sets, batches });
  });
}

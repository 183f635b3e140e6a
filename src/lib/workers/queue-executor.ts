/** Trials evaluated by workers on other machines: batches go through a queue, data and results through a block store. */
import { deserialize } from 'node:v8';
import type { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { SigmaError, sha256 } from '../core/index.ts';
import type { TrialExecutor } from '../optimize/index.ts';
import type { SweepResult } from '../sweep/index.ts';
import type { BlockStore } from './block-store.ts';
import { errorOf, type PlainError, type PlainResult, resultOf } from './message.ts';
import { openSweep } from './open-sweep.ts';
import { presentWorkers } from './presence.ts';
import {
  connect,
  queueName,
  redisName,
  refusedBy,
  type SweepAnswer,
  type SweepJob,
  settled,
  tellLosses,
  wentAway,
  workVersion,
} from './queue.ts';
import { noWorkers, PATIENCE_MS, waitForWorkers } from './roll-call.ts';
import type { RollCallOptions } from './roll-call-options.ts';
import type { SweepSpec } from './spec.ts';
import { putSpec } from './spec-blocks.ts';

export type QueueOptions = RollCallOptions & {
  readonly blocks: BlockStore;
  /** Once aborted, nobody is waited for who is not there: what was asked for is rejected with run/interrupted. */
  readonly signal?: AbortSignal;
};

export interface SweepQueue {
  open(spec: SweepSpec): Promise<TrialExecutor>;
  close(): Promise<void>;
}

/** Events tell when a batch is done; this often the queue is asked too, for events are lost when Redis restarts. */
const RECHECK_MS = 1_000;
/** A batch that its workers could not evaluate (no disk, no store), or of which a block is missing, is tried this often. */
const ATTEMPTS = 5;
/** Finished jobs stay this long, so that whoever waits can read the answer. */
const KEEP_SECONDS = 3_600;

/** @throws SigmaError service/unreachable, service/no-workers when no worker of this version comes in time */
export async function openSweepQueue(options: QueueOptions): Promise<SweepQueue> {
  const leaving = new AbortController();
  const redis = await connect(options.redis, { leaving: leaving.signal });
  const version = workVersion();
  try {
    const lanes = await waitForWorkers(redis, version, options);
    const bullmq = await import('bullmq');
    const name = queueName(version);
    const queue: Batches = new bullmq.Queue(name, { connection: redis });
    // It listens on a connection of its own, made from this one.
    const events = new bullmq.QueueEvents<SweepAnswer>(name, { connection: redis });
    return new BatchQueue(options, { redis, leaving, version, lanes, queue, events });
  } catch (cause) {
    redis.disconnect();
    throw cause;
  }
}

type Asker = {
  readonly resolve: (answer: SweepAnswer) => void;
  readonly reject: (cause: Error) => void;
};

type Waiting = { readonly job: SweepJob; readonly askers: Asker[] };

type Batches = Queue<SweepJob, SweepAnswer, 'sweep'>;

type Line = {
  readonly redis: Redis;
  /** Lost connections are found again until it is aborted. */
  readonly leaving: AbortController;
  readonly version: string;
  readonly lanes: number;
  readonly queue: Batches;
  readonly events: QueueEvents<SweepAnswer>;
};

class BatchQueue implements SweepQueue {
  private readonly options: QueueOptions;
  private readonly line: Line;
  private readonly waiting = new Map<string, Waiting>();
  private readonly timer: NodeJS.Timeout;
  private checking = false;
  /** Since when no worker was there; undefined while there is one. */
  private alone: number | undefined;
  /** Since when Redis does not answer. */
  private lost: number | undefined;
  /** Finished jobs being taken out of the queue: nobody waits for that, it may take until a lost Redis is back. */
  private tidying: Promise<unknown> = Promise.resolve();

  constructor(options: QueueOptions, line: Line) {
    this.options = options;
    this.line = line;
    tellLosses(line.redis, options.redis, options.onNotice);
    const onProblem = (cause: Error): void => {
      if (line.redis.status === 'ready') options.onNotice?.(`${redisName(options.redis)}: ${cause.message}`);
    };
    line.queue.on('error', onProblem);
    line.events.on('error', onProblem);
    line.events.on('completed', ({ jobId, returnvalue }) => this.give(jobId, returnvalue));
    line.events.on('failed', ({ jobId }) => void this.check(jobId));
    this.timer = setInterval(() => void this.recheck(), RECHECK_MS);
  }

  async open(spec: SweepSpec): Promise<TrialExecutor> {
    const { blocks } = this.options;
    const [hash, { engine, reason, periodEnds, periodsPerYear }] = await Promise.all([
      putSpec(spec, blocks),
      openSweep(spec),
    ]);
    return {
      lanes: this.line.lanes,
      engine,
      reason,
      periodEnds,
      periodsPerYear,
      evaluate: (sets, wants = {}) => this.evaluate({ spec: hash, sets, wants }, () => putSpec(spec, blocks)),
      close: () => blocks.remove(hash),
    };
  }

  async close(): Promise<void> {
    const { redis, leaving, queue, events } = this.line;
    clearInterval(this.timer);
    leaving.abort();
    const asked = [...this.waiting.keys()];
    this.giveAll(new SigmaError('run/interrupted', 'the queue was closed'));
    await Promise.allSettled([this.tidying, ...asked.map((id) => queue.remove(id))]);
    await settled(events.getBackend().client);
    await events.close().catch(() => undefined);
    await queue.close();
    redis.disconnect();
  }

  private async evaluate(job: SweepJob, putAgain: () => Promise<unknown>): Promise<SweepResult> {
    const { blocks } = this.options;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.ask(job);
      const outcome =
        'refused' in answer
          ? errorOf(JSON.parse(answer.refused) as PlainError)
          : await blocks.get(answer.result).catch((cause: unknown) => cause);
      if (outcome instanceof Uint8Array && 'result' in answer) {
        this.forget(job);
        await blocks.remove(answer.result);
        return resultOf(deserialize(outcome) as PlainResult);
      }
      if (attempt === ATTEMPTS || !isMissing(outcome)) {
        this.forget(job);
        throw outcome;
      }
      // An equal search that has ended took the specification with it, or an answer outlived its block: the batch is evaluated anew.
      await putAgain();
      await this.line.queue.remove(idOf(job));
    }
  }

  /** Takes an answered batch out of the queue: asked again, it is evaluated anew. */
  private forget(job: SweepJob): void {
    this.tidying = Promise.allSettled([this.tidying, this.line.queue.remove(idOf(job))]);
  }

  private ask(job: SweepJob): Promise<SweepAnswer> {
    const id = idOf(job);
    const askers = this.waiting.get(id)?.askers ?? [];
    const answer = new Promise<SweepAnswer>((resolve, reject) => {
      askers.push({ resolve, reject });
    });
    if (askers.length > 1) return answer;
    this.waiting.set(id, { job, askers });
    this.add(id, job).catch((cause) => this.give(id, refusedBy(this.options.redis, cause)));
    return answer;
  }

  /** Equal batches are one job, whoever asks for them. */
  private async add(id: string, job: SweepJob): Promise<void> {
    await this.line.queue.add('sweep', job, {
      jobId: id,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: { age: KEEP_SECONDS },
      removeOnFail: { age: KEEP_SECONDS },
    });
    // It may have been done before for somebody else.
    await this.check(id);
  }

  private async check(id: string): Promise<void> {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    // A job carries all its sets: it is read only once it has ended.
    const state = await this.line.queue.getJobState(id).catch(() => 'unanswered');
    if (state === 'unknown') {
      // Redis forgot it: it was restarted, or it was emptied.
      await this.add(id, waiting.job).catch((cause) => this.give(id, refusedBy(this.options.redis, cause)));
      return;
    }
    if (state !== 'completed' && state !== 'failed') return;
    const job = await this.line.queue.getJob(id).catch(() => undefined);
    if (job === undefined) return;
    if (state === 'completed') this.give(id, job.returnvalue);
    else {
      await job.remove().catch(() => undefined);
      this.give(id, failureOf(job.failedReason));
    }
  }

  private give(id: string, outcome: SweepAnswer | Error): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    for (const { resolve, reject } of waiting?.askers ?? []) {
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
  }

  private giveAll(cause: Error): void {
    for (const id of [...this.waiting.keys()]) this.give(id, cause);
  }

  private async recheck(): Promise<void> {
    if (this.waiting.size === 0) return;
    if (this.line.redis.status !== 'ready') {
      this.lost ??= performance.now();
      return this.miss(this.lost, () => wentAway(this.options.redis));
    }
    this.lost = undefined;
    if (this.checking) return;
    this.checking = true;
    try {
      for (const id of [...this.waiting.keys()]) await this.check(id);
      await this.missWorkers();
    } catch {
      // The connection went again: the next turn asks anew.
    } finally {
      this.checking = false;
    }
  }

  private async missWorkers(): Promise<void> {
    const { version, redis } = this.line;
    if ((await presentWorkers(redis)).some((worker) => worker.version === version)) {
      this.alone = undefined;
      return;
    }
    if (this.alone === undefined) this.options.onNotice?.('no worker is there; waiting for one');
    this.alone ??= performance.now();
    this.miss(this.alone, () => noWorkers(this.options.redis, version, []));
  }

  /** Nobody is there to do the work: after a while, or once the user has stopped it, that is an error, not a wait. */
  private miss(since: number, absence: () => SigmaError): void {
    const { signal, patienceMs = PATIENCE_MS } = this.options;
    if (signal?.aborted) this.giveAll(new SigmaError('run/interrupted', 'stopped while nobody was there to work'));
    else if (performance.now() - since > patienceMs) this.giveAll(absence());
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof SigmaError && cause.code === 'store/missing-block';
}

function failureOf(reason: string): Error {
  try {
    return errorOf(JSON.parse(reason) as PlainError);
  } catch {
    return new SigmaError('service/worker-died', `workers gave a batch up: ${reason}`, {
      hint: 'see what the workers say; they may lack memory or disk',
    });
  }
}

/** Keys of a set in their own order: equal batches have equal ids. */
function idOf({ spec, sets, wants }: SweepJob): string {
  return sha256(spec, JSON.stringify(sets), JSON.stringify(wants));
}

/** A pool of worker threads that evaluates trials on all cores; the threads read one copy of the bars. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SigmaError } from '../core/index.ts';
import type { TrialExecutor } from '../optimize/index.ts';
import { packageRoot } from '../plugins/index.ts';
import type { SweepResult } from '../sweep/index.ts';
import { errorOf, resultOf } from './message.ts';
import { type SweepSpec, sharedSpec } from './spec.ts';
import type { FromThread, ToThread } from './thread-protocol.ts';

/** A batch whose thread died is tried once more, in a new thread; parameters that kill two threads are given up. */
const ATTEMPTS = 2;

export interface ThreadPool {
  readonly threads: number;
  /** Opens a sweep in the pool; the executor's `close` forgets it, the threads stay for the next. */
  open(spec: SweepSpec): Promise<TrialExecutor>;
  close(): Promise<void>;
}

type Batch = {
  readonly sweep: number;
  readonly message: Extract<ToThread, { kind: 'evaluate' }> | undefined;
  readonly resolve: (answer: FromThread) => void;
  readonly reject: (cause: Error) => void;
  attempts: number;
};

export function createThreadPool(threads: number): ThreadPool {
  return new Pool(Math.max(1, Math.floor(threads)));
}

class Pool implements ThreadPool {
  readonly threads: number;
  private readonly specs = new Map<number, SweepSpec>();
  private readonly waiting: Batch[] = [];
  private seats: Seat[] = [];
  private sweeps = 0;
  private closed = false;

  constructor(threads: number) {
    this.threads = threads;
  }

  async open(given: SweepSpec): Promise<TrialExecutor> {
    const sweep = this.sweeps++;
    this.specs.set(sweep, sharedSpec(given));
    const opened = await this.ask(sweep, undefined).catch((cause) => {
      this.specs.delete(sweep);
      throw cause;
    });
    if (opened.kind !== 'opened') throw new Error(`a thread answered ${opened.kind} to open`);
    return {
      lanes: this.threads,
      ...opened.info,
      evaluate: (sets, wants = {}) => this.evaluate({ kind: 'evaluate', sweep, sets, wants }),
      close: async () => {
        this.specs.delete(sweep);
        for (const seat of this.seats) seat.forget(sweep);
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.seats.map((seat) => seat.leave()));
  }

  private async evaluate(message: NonNullable<Batch['message']>): Promise<SweepResult> {
    const answer = await this.ask(message.sweep, message);
    if (answer.kind !== 'evaluated') throw new Error(`a thread answered ${answer.kind} to evaluate`);
    return resultOf(answer.result);
  }

  private ask(sweep: number, message: Batch['message']): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ sweep, message, resolve, reject, attempts: 0 });
      this.deal();
    });
  }

  /** Gives waiting batches to threads, which start when there is work for them. */
  private deal(): void {
    while (this.waiting.length > 0) {
      const seat = this.seatForNext();
      if (seat === undefined) return;
      const batch = this.waiting.shift()!;
      void seat.work(batch, this.specs.get(batch.sweep)).then((outcome) => this.settle(batch, outcome));
    }
  }

  private seatForNext(): Seat | undefined {
    this.seats = this.seats.filter((one) => one.death === undefined);
    const idle = this.seats.find((one) => one.load === 0) ?? this.newSeat();
    if (idle !== undefined) return idle;
    // While there is enough for all, each finds its next batch ready: it does not wait for an answer to be read here.
    return this.waiting.length >= this.threads ? this.seats.find((one) => one.load === 1) : undefined;
  }

  private newSeat(): Seat | undefined {
    if (this.seats.length === this.threads || this.closed) return undefined;
    const seat = new Seat();
    this.seats.push(seat);
    return seat;
  }

  private settle(batch: Batch, outcome: Outcome): void {
    if (outcome.kind === 'answered') batch.resolve(outcome.answer);
    else if (outcome.kind === 'refused') batch.reject(outcome.cause);
    else {
      if (outcome.blamed) batch.attempts++;
      if (batch.attempts < ATTEMPTS && !this.closed) this.waiting.unshift(batch);
      else batch.reject(died(outcome.cause));
    }
    this.deal();
  }
}

/** The thread is gone; to blame for it is what it was at, not what lay ready. */
type Death = { readonly kind: 'died'; readonly cause: Error; readonly blamed: boolean };

type Outcome =
  | { readonly kind: 'answered'; readonly answer: FromThread }
  | { readonly kind: 'refused'; readonly cause: Error }
  | Death;

/** One thread, the sweeps that are open in it, and what it was asked and has not answered. */
class Seat {
  /** Once it is gone. */
  death: Death | undefined;
  /** Batches in hand. */
  load = 0;
  /** What it answered, or will, to opening each of its sweeps. */
  private readonly open = new Map<number, Promise<FromThread | Death>>();
  private readonly asked: ((reply: FromThread | Death) => void)[] = [];
  private readonly worker = new Worker(join(packageRoot(), 'dist', 'workers', 'thread.js'));

  constructor() {
    // An idle thread must not keep the process alive.
    this.worker.unref();
    this.worker.on('message', (answer: FromThread) => this.asked.shift()?.(answer));
    this.worker.on('error', (cause) => this.die(cause));
    this.worker.on('exit', (code) => this.die(new Error(`it ended with code ${code}`)));
  }

  async work(batch: Batch, spec: SweepSpec | undefined): Promise<Outcome> {
    if (spec === undefined) return { kind: 'refused', cause: new Error('the sweep was closed') };
    if (this.load++ === 0) this.worker.ref();
    try {
      return await this.answerTo(batch, spec);
    } finally {
      if (--this.load === 0) this.worker.unref();
    }
  }

  forget(sweep: number): void {
    if (this.open.delete(sweep)) this.worker.postMessage({ kind: 'close', sweep } satisfies ToThread);
  }

  async leave(): Promise<void> {
    await this.worker.terminate();
  }

  private async answerTo({ sweep, message }: Batch, spec: SweepSpec): Promise<Outcome> {
    const opening = this.open.get(sweep) ?? this.tell({ kind: 'open', sweep, spec });
    this.open.set(sweep, opening);
    const opened = await opening;
    if (opened.kind !== 'opened') this.open.delete(sweep);
    return outcomeOf(opened.kind !== 'opened' || message === undefined ? opened : await this.tell(message));
  }

  private tell(message: ToThread): Promise<FromThread | Death> {
    return new Promise((resolve) => {
      if (this.death !== undefined) return resolve(this.death);
      this.asked.push(resolve);
      this.worker.postMessage(message);
    });
  }

  private die(cause: Error): void {
    // What it died of is told before that it ended.
    this.death ??= { kind: 'died', cause, blamed: true };
    const { death } = this;
    for (const [k, tell] of this.asked.splice(0).entries()) tell({ ...death, blamed: k === 0 });
  }
}

function outcomeOf(reply: FromThread | Death): Outcome {
  if (reply.kind === 'died') return reply;
  return reply.kind === 'failed'
    ? { kind: 'refused', cause: errorOf(reply.error) }
    : { kind: 'answered', answer: reply };
}

function died(cause: Error): SigmaError {
  return new SigmaError(
    'service/worker-died',
    `a worker thread died twice on the same parameter sets: ${cause.message}`,
    {
      hint: 'it may have run out of memory: run fewer threads with --threads 1, or less data',
      cause,
    },
  );
}

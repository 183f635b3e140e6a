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

  /** Gives waiting batches to idle threads; threads start when there is work for them. */
  private deal(): void {
    while (this.waiting.length > 0) {
      const seat = this.seats.find((one) => one.state === 'idle') ?? this.newSeat();
      if (seat === undefined) return;
      const batch = this.waiting.shift()!;
      void seat.work(batch, this.specs.get(batch.sweep)).then((outcome) => this.settle(batch, outcome));
    }
  }

  private newSeat(): Seat | undefined {
    this.seats = this.seats.filter((one) => one.state !== 'dead');
    if (this.seats.length === this.threads || this.closed) return undefined;
    const seat = new Seat();
    this.seats.push(seat);
    return seat;
  }

  private settle(batch: Batch, outcome: Outcome): void {
    batch.attempts++;
    if (outcome.kind === 'answered') batch.resolve(outcome.answer);
    else if (outcome.kind === 'refused') batch.reject(outcome.cause);
    else {
      if (batch.attempts < ATTEMPTS && !this.closed) this.waiting.unshift(batch);
      else batch.reject(died(outcome.cause));
    }
    this.deal();
  }
}

type Outcome =
  | { readonly kind: 'answered'; readonly answer: FromThread }
  | { readonly kind: 'refused'; readonly cause: Error }
  | { readonly kind: 'died'; readonly cause: Error };

/** One thread and the sweeps that are open in it. */
class Seat {
  state: 'idle' | 'busy' | 'dead' = 'idle';
  private readonly open = new Set<number>();
  private readonly worker = new Worker(join(packageRoot(), 'dist', 'workers', 'thread.js'));
  private answered: ((answer: FromThread) => void) | undefined;
  private died: ((cause: Error) => void) | undefined;

  constructor() {
    // An idle thread must not keep the process alive.
    this.worker.unref();
    this.worker.on('message', (answer: FromThread) => this.answered?.(answer));
    this.worker.on('error', (cause) => {
      this.state = 'dead';
      this.died?.(cause);
    });
    this.worker.on('exit', (code) => {
      this.state = 'dead';
      this.died?.(new Error(`it ended with code ${code}`));
    });
  }

  async work(batch: Batch, spec: SweepSpec | undefined): Promise<Outcome> {
    this.state = 'busy';
    this.worker.ref();
    try {
      if (spec === undefined) return { kind: 'refused', cause: new Error('the sweep was closed') };
      if (batch.message === undefined || !this.open.has(batch.sweep)) {
        const opened = await this.tell({ kind: 'open', sweep: batch.sweep, spec });
        if (opened.kind === 'failed') return { kind: 'refused', cause: errorOf(opened.error) };
        this.open.add(batch.sweep);
        if (batch.message === undefined) return { kind: 'answered', answer: opened };
      }
      const answer = await this.tell(batch.message);
      if (answer.kind === 'failed') return { kind: 'refused', cause: errorOf(answer.error) };
      return { kind: 'answered', answer };
    } catch (cause) {
      return { kind: 'died', cause: cause instanceof Error ? cause : new Error(String(cause)) };
    } finally {
      if (this.state === 'busy') this.state = 'idle';
      this.worker.unref();
    }
  }

  forget(sweep: number): void {
    if (this.open.delete(sweep)) this.worker.postMessage({ kind: 'close', sweep } satisfies ToThread);
  }

  async leave(): Promise<void> {
    await this.worker.terminate();
  }

  private tell(message: ToThread): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.answered = resolve;
      this.died = reject;
      this.worker.postMessage(message);
    });
  }
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

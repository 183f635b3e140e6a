/** The acceptance experiment on all cores: jobs dealt to threads, answers in the order of the jobs whoever gave them. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { hashJson, SigmaError } from '../core/index.ts';
import { packageRoot } from '../plugins/index.ts';
import { toPlainJson } from '../registry/index.ts';
import {
  type ExperimentGate,
  type ExperimentJob,
  type ExperimentPlan,
  type ExperimentResult,
  experimentGates,
  experimentJobs,
  type runExperimentJob,
} from '../research/index.ts';

export type Experiment = {
  readonly plan: ExperimentPlan;
  readonly gates: readonly ExperimentGate[];
  readonly results: readonly ExperimentResult[];
  /** Of all results: the same whatever the number of threads. */
  readonly hash: string;
};

export type ExperimentSize = NonNullable<Parameters<typeof runExperimentJob>[1]>;

export type ExperimentOptions = {
  readonly plan: ExperimentPlan;
  readonly threads: number;
  /** Smaller markets than the experiment's, for trying it out. */
  readonly size?: ExperimentSize;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/** What a thread is told and what it answers. */
export type ExperimentTask = {
  readonly place: number;
  readonly job: ExperimentJob;
  readonly size: ExperimentSize;
};
export type ExperimentAnswer = { readonly place: number; readonly result: ExperimentResult };

/** @throws SigmaError run/interrupted, service/worker-died */
export async function runExperiment({
  plan,
  threads,
  size = {},
  onProgress,
  signal,
}: ExperimentOptions): Promise<Experiment> {
  const jobs = experimentJobs(plan);
  const results: ExperimentResult[] = [];
  const waiting = jobs.map((job, place): ExperimentTask => ({ place, job, size }));
  const total = jobs.length;
  let done = 0;
  const workers = Array.from({ length: Math.min(Math.max(1, threads), total) }, () => openThread());
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
          if (signal?.aborted === true)
            throw new SigmaError('run/interrupted', `stopped after ${done} of ${total} markets`, {
              where: 'experiment',
            });
          results[task.place] = (await asked(worker, task)).result;
          onProgress?.(++done, total);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { plan, gates: experimentGates(results), results, hash: hashJson(toPlainJson(results)) };
}

function openThread(): Worker {
  return new Worker(join(packageRoot(), 'dist', 'workers', 'experiment.js'));
}

function asked(worker: Worker, task: ExperimentTask): Promise<ExperimentAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void =>
      reject(
        new SigmaError('service/worker-died', `a thread of the experiment died on ${task.job.kind} ${task.job.seed}`, {
          cause,
        }),
      );
    worker.once('error', failed);
    worker.once('message', (answer: ExperimentAnswer) => {
      worker.off('error', failed);
      resolve(answer);
    });
    worker.postMessage(task);
  });
}

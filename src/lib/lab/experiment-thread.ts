/** A thread of the experiment: one market after the other. */
import { parentPort } from 'node:worker_threads';
import { invariant } from '../core/index.ts';
import { runExperimentJob } from '../research/index.ts';
import type { ExperimentAnswer, ExperimentTask } from './experiment.ts';

/** Answers tasks until the other side hangs up. */
export function serveExperiment(): void {
  invariant(parentPort !== null, 'a thread of the experiment has a parent');
  const port = parentPort;
  port.on('message', ({ place, job, size }: ExperimentTask) => {
    port.postMessage({ place, result: runExperimentJob(job, size) } satisfies ExperimentAnswer);
  });
}

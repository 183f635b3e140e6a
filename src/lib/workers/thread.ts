/** A thread of the pool: opens sweeps and evaluates parameter sets, one message after the other. */
import { parentPort } from 'node:worker_threads';
import { invariant } from '../core/index.ts';
import type { Sweep } from '../sweep/index.ts';
import { buffersOf, plainError, plainResult } from './message.ts';
import { openSweep } from './open-sweep.ts';
import type { FromThread, ToThread } from './thread-protocol.ts';

/** Answers messages until the other side hangs up. */
export function serveThread(): void {
  invariant(parentPort !== null, 'a thread of the pool has a parent');
  const port = parentPort;
  const sweeps = new Map<number, Sweep>();
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (message: ToThread) => {
    turn = turn.then(async () => {
      const answer = await answerTo(message, sweeps);
      if (answer !== undefined) port.postMessage(answer, answer.kind === 'evaluated' ? buffersOf(answer.result) : []);
    });
  });
}

async function answerTo(message: ToThread, sweeps: Map<number, Sweep>): Promise<FromThread | undefined> {
  try {
    switch (message.kind) {
      case 'open': {
        const sweep = await openSweep(message.spec);
        sweeps.set(message.sweep, sweep);
        const { engine, reason, periodEnds, periodsPerYear } = sweep;
        return { kind: 'opened', info: { engine, reason, periodEnds, periodsPerYear } };
      }
      case 'evaluate': {
        const sweep = sweeps.get(message.sweep);
        invariant(sweep !== undefined, 'a sweep is opened before it is asked');
        return { kind: 'evaluated', result: plainResult(sweep.run(message.sets, message.wants)) };
      }
      case 'close':
        sweeps.delete(message.sweep);
        return undefined;
    }
  } catch (cause) {
    return { kind: 'failed', error: plainError(cause) };
  }
}

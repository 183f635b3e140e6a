/** Ctrl-C and SIGTERM: the first asks the work under way to stop and keep what it has, the second leaves at once. */
import { exitCodes, SigmaError } from '../lib/core/index.ts';

const controller = new AbortController();

export const interruption = {
  get requested(): boolean {
    return controller.signal.aborted;
  },
  /** Handed to work that can stop half way and keep its part. */
  signal: controller.signal,
  request: (): void => {
    if (controller.signal.aborted || listeners === 0) process.exit(exitCodes.interrupted);
    controller.abort(new SigmaError('run/interrupted', 'stopped by the user'));
  },
  /** While `work` runs, the first interruption is left to it. */
  during: async <T>(work: () => Promise<T>): Promise<T> => {
    listeners++;
    try {
      return await work();
    } finally {
      listeners--;
    }
  },
};

let listeners = 0;

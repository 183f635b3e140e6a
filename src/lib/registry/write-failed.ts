/** A failed write into the artifacts. */
import type { SigmaError } from '../core/index.ts';
import { writeFailed as failedWrite } from '../storage/index.ts';

export const HINT =
  'free space or make the folder writable, or name another with --artifacts; nothing stored was changed';

/** Turns what went wrong into the error a user can act on. */
export function writeFailed(path: string, cause: unknown): SigmaError {
  return failedWrite(path, cause, HINT);
}

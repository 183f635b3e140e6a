/** What a failed write becomes: an error a user can act on. */
import { SigmaError } from '../core/index.ts';

/** A SigmaError stays what it is. @param hint what to do about it and that nothing was lost */
export function writeFailed(
  path: string,
  cause: unknown,
  hint = 'free space or make the folder writable; what was there before is unchanged',
): SigmaError {
  if (cause instanceof SigmaError) return cause;
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new SigmaError('store/write-failed', `could not be written (${reason})`, { where: path, hint, cause });
}

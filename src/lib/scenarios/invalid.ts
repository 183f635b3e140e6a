/** Mistakes in a scenario that another part of sigma finds. */
import { SigmaError } from '../core/index.ts';

/** A mistake that another part of sigma found, at its place in the scenario. */
export function invalid(cause: SigmaError, where: string): SigmaError {
  const { found, hint } = cause;
  return new SigmaError('scenario/invalid', found, { where, ...(hint === undefined ? {} : { hint }), cause });
}

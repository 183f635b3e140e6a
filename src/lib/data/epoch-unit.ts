/** The unit of an epoch number, told from its size: seconds, milliseconds, microseconds or nanoseconds. */

/** Milliseconds in one unit. Right for times from 1973 to 5138. */
export function epochUnitMs(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return 1000;
  if (size < 1e14) return 1;
  return size < 1e17 ? 1e-3 : 1e-6;
}

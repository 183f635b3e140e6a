/** Memory for results: not zeroed, for a pass over fresh memory costs as much as a quick indicator. */

/** The most that glibc keeps for its own use once memory of that size was given back; below it lies some room for its bookkeeping. */
const KEPT = 2 ** 25 - 2 ** 16;
/** From this size on glibc returns memory to the system with every release, until it learns better. */
const LARGE = 2 ** 17;
/** Most bytes that Node gives unzeroed on every version. */
const MOST = 2 ** 32 - 1;
let learnt = false;

/** A column with anything in it: every row is to be written. */
export function unwrittenColumn(rows: number): Float64Array {
  const bytes = rows * Float64Array.BYTES_PER_ELEMENT;
  if (bytes > MOST) return new Float64Array(rows);
  if (bytes > LARGE && !learnt) {
    // Dropped at once and never touched, it takes no memory; released, it lets results of one call be written where those
    // of an earlier one were, instead of in pages that the system must clear first.
    Buffer.allocUnsafeSlow(KEPT);
    learnt = true;
  }
  return new Float64Array(Buffer.allocUnsafeSlow(bytes).buffer);
}

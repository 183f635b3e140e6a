/** Memory for columns: shared, so that worker threads read the bars without a copy. */

export function createColumn(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

export function unknownVolume(length: number): Float64Array {
  return createColumn(length).fill(Number.NaN);
}

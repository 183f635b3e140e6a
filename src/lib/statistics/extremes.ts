/** Ends and extremes of a series; NaN when it is empty. */

export const first = (values: Float64Array): number => values[0] ?? Number.NaN;
export const last = (values: Float64Array): number => values[values.length - 1] ?? Number.NaN;

/** Reducers that start from NaN and pass over it. */
export const max = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);
export const min = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);

/** Statistical learning over tables of numbers: clusters, distances, trees, drift. No trading word. */
export { type Matrix, matrix, rowOf } from './matrix.ts';

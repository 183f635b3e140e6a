/** The check of methods that cannot pass over gaps: a table whose every value they can compute with. */
import { SigmaError } from '../core/index.ts';
import type { Matrix } from './matrix.ts';

/** Up to it squares of differences are finite, and so are sums of ten million of them. */
const LARGEST = 1e150;

/** Throws `data/bad-number` naming the first row and column whose value is NaN, infinite or above 1e150 in size. */
export function requireFinite({ values, columns }: Matrix, what: string): void {
  for (let at = 0; at < values.length; at++)
    if (!(Math.abs(values[at]!) <= LARGEST))
      throw new SigmaError('data/bad-number', `${values[at]} where a number up to ${LARGEST} in size is needed`, {
        where: `${what}, row ${Math.floor(at / columns)}, column ${at % columns}`,
        hint: 'leave out or fill rows with gaps before',
      });
}

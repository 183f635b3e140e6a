/** Where a decision is another than what is held, by pairs of rows. */
import { assembler } from '../core/index.ts';

const { f64x2 } = assembler;
type Code = assembler.Code;

/** A mask of the rows, all of them or none. */
export type Change = Code | 'always' | 'never';

export function maskOf(change: Change): Code {
  if (typeof change !== 'string') return change;
  return change === 'never' ? f64x2.zero : f64x2.not(f64x2.zero);
}

/** Of a choice, from the changes of both its ways. */
export function chosen(test: Code, yes: Change, no: Change): Change {
  if (typeof yes === 'string' && typeof no === 'string')
    return yes === no ? yes : yes === 'always' ? test : f64x2.not(test);
  if (typeof yes === 'string') return yes === 'always' ? f64x2.or(test, maskOf(no)) : f64x2.without(maskOf(no), test);
  if (typeof no === 'string') return no === 'always' ? f64x2.or(f64x2.not(test), yes) : f64x2.and(test, yes);
  return f64x2.select(yes, no, test);
}

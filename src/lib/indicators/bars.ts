/** The columns of a bar as expressions: what a strategy's `signals` receives and what indicators on bars take. */
import { type Expr, type Field, field } from './expression.ts';

/** One expression for each column of a bar. Heikin-Ashi or smoothed bars have the same shape. */
export type BarExprs = Readonly<Record<Field, Expr>>;

/** The bars as they are. */
export const bars: BarExprs = {
  time: field('time'),
  open: field('open'),
  high: field('high'),
  low: field('low'),
  close: field('close'),
  volume: field('volume'),
};

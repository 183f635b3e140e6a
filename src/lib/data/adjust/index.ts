export { type InnerSplit, inUnitsOfEnds, lengthened } from './actions-at-opens.ts';
export { type AdjustOptions, adjustBars, orderActions } from './adjust-bars.ts';
export { normaliseSymbol, type SymbolOptions } from './normalise-symbol.ts';
export { readActions } from './read-actions.ts';

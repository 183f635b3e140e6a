/**
 * Sets under plain terms: filled at the next open, without increments, fees in basis points, for figures of returns,
 * drawdown, trades and costs. Each is walked over a window by one call (`plain-code.ts`).
 */
import type { RunConfig } from '../engine/index.ts';
import { takerFraction } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { leverageOf } from '../risk/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { plainWalk, type WalkWants } from './plain-code.ts';
import { PATH } from './single-exits.ts';
import { addressOfState } from './single-state.ts';
import { TERM } from './walk-terms.ts';
import { BYTES, windowMemory } from './window-memory.ts';

export type PlainTerms = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly allocation: Allocation;
};

/** The terms are such that the walk knows all that happens. */
export function isPlain({ instrument, config, allocation }: PlainTerms): boolean {
  const { execution, sizing } = config;
  const { fees } = execution;
  return (
    execution.fill === 'open' &&
    instrument.lotSize === 0 &&
    instrument.tickSize === 0 &&
    allocation !== 'normalised' &&
    sizing.kind === 'weight' &&
    (fees.kind === 'none' || (fees.kind === 'bps' && fees.minimum === undefined))
  );
}

export class PlainWalk {
  private readonly terms: PlainTerms;
  private readonly walk: (state: number, first: number, end: number, changes: number) => number;
  private first = 0;
  private rows = 0;

  constructor(terms: PlainTerms, wants: WalkWants) {
    this.terms = terms;
    this.walk = plainWalk(wants);
  }

  /** Rows [first, rows) of the memory are the window; prices that bound its own. */
  enter(first: number, rows: number, lowest: number, highest: number): void {
    const { instrument, config } = this.terms;
    const { account, execution, risk } = config;
    const { terms } = windowMemory();
    this.first = BYTES * first;
    this.rows = BYTES * rows;
    terms[TERM.multiplier] = instrument.multiplier;
    terms[TERM.leverage] = Math.min(risk.maxGrossLeverage ?? Number.POSITIVE_INFINITY, leverageOf(account));
    terms[TERM.accountLeverage] = account.leverage;
    terms[TERM.maintenance] = account.maintenance;
    terms[TERM.isCash] = account.kind === 'cash' ? 1 : 0;
    terms[TERM.fraction] = takerFraction(execution);
    terms[TERM.feeBps] = execution.fees.kind === 'bps' ? execution.fees.taker : 0;
    terms[TERM.makerBps] = execution.fees.kind === 'bps' ? execution.fees.maker : 0;
    terms[TERM.path] = PATH[execution.path];
    this.narrow(lowest, highest);
  }

  /** Takes the lowest and the highest price of the window instead of those of more. */
  narrow(lowest: number, highest: number): void {
    const { terms } = windowMemory();
    terms[TERM.lowest] = lowest;
    terms[TERM.highest] = highest;
  }

  /** Walks a set over the window with the changes found. False, with the set as it was, where only the general path can tell. */
  run(at: number, changes: number): boolean {
    return this.walk(addressOfState(at), this.first, this.rows, changes) === 1;
  }
}

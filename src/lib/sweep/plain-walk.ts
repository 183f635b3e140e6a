/**
 * Sets under plain terms: sized by weight, filled at the next open, without increments, fees in basis points, where figures
 * alone are asked for. Each is walked over a window by one call (`plain-code.ts`).
 */
import type { RunConfig } from '../engine/index.ts';
import { takerFraction } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { leverageOf, ROOM_SLACK } from '../risk/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { plainWalk, type WalkWants } from './plain-code.ts';
import { addressOfState } from './single-state.ts';
import { PATH, TERM } from './walk-terms.ts';
import { BYTES, windowMemory } from './window-memory.ts';
import { NEAR_CALL } from './worst-prices.ts';

/** Where all but the last digits of the room are taken, the general path divides. */
const LAST_DIGITS = 1e-12;
/** A gross value nearer than this fraction to what a margin account lends is left to the general path. */
const NEAR_LIMIT = 1e-9;

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

  constructor(options: PlainTerms & WalkWants) {
    this.terms = options;
    const { config, instrument, sums, intraday, exits } = options;
    const [isCash, isUnit] = [config.account.kind === 'cash', instrument.multiplier === 1];
    this.walk = plainWalk({ sums, intraday, exits, isCash, isUnit });
  }

  /** Rows [first, rows) of the memory are the window. */
  enter(first: number, rows: number): void {
    const { instrument, config } = this.terms;
    const { account, execution, risk } = config;
    const { terms } = windowMemory();
    this.first = BYTES * first;
    this.rows = BYTES * rows;
    terms[TERM.multiplier] = instrument.multiplier;
    const fraction = takerFraction(execution);
    const leverage = Math.min(risk.maxGrossLeverage ?? Number.POSITIVE_INFINITY, leverageOf(account));
    terms[TERM.buy] = 1 + fraction;
    terms[TERM.sell] = 1 - fraction;
    terms[TERM.most] = leverage * ROOM_SLACK * (1 - LAST_DIGITS);
    terms[TERM.lends] = account.leverage * (1 - NEAR_LIMIT);
    terms[TERM.feeBps] = execution.fees.kind === 'bps' ? execution.fees.taker : 0;
    terms[TERM.makerBps] = execution.fees.kind === 'bps' ? execution.fees.maker : 0;
    terms[TERM.path] = PATH[execution.path];
  }

  /** Takes prices that bound those of the window: a margin account is to have some. */
  bound(lowest: number, highest: number): void {
    const { instrument, config } = this.terms;
    const { terms } = windowMemory();
    const kept = config.account.maintenance + NEAR_CALL;
    terms[TERM.long] = instrument.multiplier * lowest * (1 - kept);
    terms[TERM.short] = instrument.multiplier * highest * (1 + kept);
  }

  /** Walks a set over the window with the changes found. False, with the set as it was, where only the general path can tell. */
  run(at: number, changes: number): boolean {
    return this.walk(addressOfState(at), this.first, this.rows, changes) === 1;
  }
}

/** Exits that a strategy asks for, as a row of numbers that loops of WebAssembly can read. */
import type { Bracket, Offset } from '../model/index.ts';

/** What the numbers are: of stop-loss and take-profit a size and what it measures, of a trailing stop its distance, by price or as a fraction. */
export const ASKED = { stop: 0, stopKind: 1, take: 2, takeKind: 3, trailPrice: 4, trailFraction: 5, count: 6 } as const;

/** What a size measures: a price, a distance from the fill in units of price, a distance as a fraction of it. */
export const KIND = { level: 0, distance: 1, fraction: 2 } as const;

/** Writes the row that begins at a place; the size of what is not asked for is NaN. */
export function writeExits(into: Float64Array, at: number, { stopLoss, takeProfit, trailing }: Bracket): void {
  writeExit(into, at + ASKED.stop, stopLoss);
  writeExit(into, at + ASKED.take, takeProfit);
  into[at + ASKED.trailPrice] = trailing !== undefined && 'price' in trailing ? trailing.price : Number.NaN;
  into[at + ASKED.trailFraction] = trailing !== undefined && !('price' in trailing) ? trailing.fraction : Number.NaN;
}

/** No exits were asked for in the row that begins at a place. */
export function writeUnasked(into: Float64Array, at: number): void {
  into[at + ASKED.stopKind] = Number.NaN;
}

/** As `exitLevel`, of a size and what it measures. */
export function levelOf(size: number, kind: number, price: number, direction: number): number {
  if (kind === KIND.level) return size;
  return price + direction * (kind === KIND.distance ? size : size * price);
}

/** A size, and what it measures behind it. */
function writeExit(into: Float64Array, at: number, exit: number | Offset | undefined): void {
  if (exit === undefined || typeof exit === 'number') {
    into[at] = exit ?? Number.NaN;
    into[at + 1] = KIND.level;
  } else if ('price' in exit) {
    into[at] = exit.price;
    into[at + 1] = KIND.distance;
  } else {
    into[at] = exit.fraction;
    into[at + 1] = KIND.fraction;
  }
}

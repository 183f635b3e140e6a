/** Exits that a strategy asks for, as a row of numbers that loops of WebAssembly can read. */
import type { Bracket, Offset } from '../model/index.ts';

/** What the numbers are: of stop-loss and take-profit a size and what it measures, of a trailing stop its distance, by price or as a fraction. */
export const ASKED = { stop: 0, stopKind: 1, take: 2, takeKind: 3, trailPrice: 4, trailFraction: 5, count: 6 } as const;

/** What a size measures: a price, a distance from the fill in units of price, a distance as a fraction of it. */
export const KIND = { level: 0, distance: 1, fraction: 2 } as const;

/** Writes the row that begins at a place; the size of what is not asked for is NaN. */
export function writeExits(into: Float64Array, at: number, { stopLoss, takeProfit, trailing }: Bracket): void {
  into[at + ASKED.stop] = sizeOf(stopLoss);
  into[at + ASKED.stopKind] = kindOf(stopLoss);
  into[at + ASKED.take] = sizeOf(takeProfit);
  into[at + ASKED.takeKind] = kindOf(takeProfit);
  const kind = kindOf(trailing);
  into[at + ASKED.trailPrice] = kind === KIND.distance ? sizeOf(trailing) : Number.NaN;
  into[at + ASKED.trailFraction] = kind === KIND.fraction ? sizeOf(trailing) : Number.NaN;
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

function kindOf(exit: number | Offset | undefined): number {
  if (exit === undefined || typeof exit === 'number') return KIND.level;
  return 'price' in exit ? KIND.distance : KIND.fraction;
}

function sizeOf(exit: number | Offset | undefined): number {
  if (exit === undefined) return Number.NaN;
  if (typeof exit === 'number') return exit;
  return 'price' in exit ? exit.price : exit.fraction;
}

/** The worst that a bar's prices can be for a position. */

/** The lowest of four prices; missing ones among the last three do not count. */
export function least(price: number, a: number, b: number, c: number): number {
  let least = price;
  if (a < least) least = a;
  if (b < least) least = b;
  return c < least ? c : least;
}

/** The highest of four, likewise. */
export function most(price: number, a: number, b: number, c: number): number {
  let most = price;
  if (a > most) most = a;
  if (b > most) most = b;
  return c > most ? c : most;
}

/** Does the objective hold around the chosen parameters, or is it a lone peak? */
import { invariant } from '../../core/index.ts';
import { median, quotient, sortedFinite } from '../../statistics/index.ts';

export type NeighbourhoodInput = {
  /** Parameter values of the sets, sets x dimensions; choices as their place in the list. */
  readonly coordinates: Float64Array;
  /** Name and kind of each dimension: `ordered` numbers, or a `choice` whose values have no distance but equal or not. */
  readonly dimensions: readonly { readonly name: string; readonly kind: 'ordered' | 'choice' }[];
  /** One value a set, the higher the better; NaN where a set failed. */
  readonly objective: Float64Array;
  readonly chosen: number;
};

export type Neighbourhood = {
  /** How neighbours were found: one step on a grid, or the nearest by normalised distance. */
  readonly by: 'grid' | 'distance';
  readonly neighbours: number;
  readonly chosen: number;
  readonly median: number;
  readonly worst: number;
  /** Median of the neighbours / chosen: 1 on a plateau, near or below 0 on a lone peak; NaN unless the chosen objective is above 0. */
  readonly retained: number;
  /** Share of the neighbours with an objective above 0. */
  readonly positive: number;
};

/**
 * Neighbours differ by at most one step of the values tried in each ordered dimension and not at all in choices. Where values do not repeat
 * as on a grid, they are the nearest max(8, 2 x dimensions) sets, at most a tenth of all but at least 3, by the Euclidean distance of
 * coordinates scaled to [0, 1] (a choice counts 0 or 1). Failed sets count as neighbours without objective: 0.
 * @returns NaN figures without neighbours or when the chosen objective is not finite
 */
export function neighbourhood(input: NeighbourhoodInput): Neighbourhood {
  const { coordinates, dimensions, objective, chosen } = input;
  const width = dimensions.length;
  const sets = objective.length;
  invariant(coordinates.length === sets * width, `${coordinates.length} coordinates are not ${sets} x ${width}`);
  const levels = dimensions.map((_, d) => levelsOf(coordinates, width, d));
  const onGrid = levels.every((values) => values.size ** 2 <= 4 * sets || values.size <= 2);
  const stepped = onGrid ? gridNeighbours(input, levels) : [];
  const by = stepped.length > 0 ? 'grid' : 'distance';
  const found = by === 'grid' ? stepped : nearestSets(input);
  const best = objective[chosen] ?? Number.NaN;
  if (found.length === 0 || !Number.isFinite(best)) return { by, neighbours: 0, chosen: best, ...undefinedFigures };
  const values = Float64Array.from(found, (s) => (Number.isFinite(objective[s]!) ? objective[s]! : 0));
  const middle = median(values);
  return {
    by,
    neighbours: values.length,
    chosen: best,
    median: middle,
    worst: sortedFinite(values)[0]!,
    retained: best > 0 ? quotient(middle, best) : Number.NaN,
    positive: values.filter((value) => value > 0).length / values.length,
  };
}

const undefinedFigures = { median: Number.NaN, worst: Number.NaN, retained: Number.NaN, positive: Number.NaN };

/** Each value tried in a dimension with its place in their order. */
function levelsOf(coordinates: Float64Array, width: number, d: number): ReadonlyMap<number, number> {
  const values = new Set<number>();
  for (let i = d; i < coordinates.length; i += width) values.add(coordinates[i]!);
  return new Map([...values].sort((a, b) => a - b).map((value, place) => [value, place]));
}

function gridNeighbours(
  { coordinates, dimensions, objective, chosen }: NeighbourhoodInput,
  levels: readonly ReadonlyMap<number, number>[],
): number[] {
  const width = dimensions.length;
  const place = (s: number, d: number): number => levels[d]!.get(coordinates[s * width + d]!)!;
  return othersThan(chosen, objective.length).filter((s) => {
    let differs = false;
    for (let d = 0; d < width; d++) {
      const steps = Math.abs(place(s, d) - place(chosen, d));
      if (steps > (dimensions[d]!.kind === 'choice' ? 0 : 1)) return false;
      if (steps > 0) differs = true;
    }
    return differs;
  });
}

function nearestSets({ coordinates, dimensions, objective, chosen }: NeighbourhoodInput): number[] {
  const width = dimensions.length;
  const spans = dimensions.map(({ kind }, d) => (kind === 'choice' ? 0 : spanOf(coordinates, width, d)));
  const distance = (s: number): number => {
    let square = 0;
    for (let d = 0; d < width; d++) {
      const gap = Math.abs(coordinates[s * width + d]! - coordinates[chosen * width + d]!);
      square += dimensions[d]!.kind === 'choice' ? (gap === 0 ? 0 : 1) : spans[d]! > 0 ? (gap / spans[d]!) ** 2 : 0;
    }
    return square;
  };
  const others = othersThan(chosen, objective.length)
    .map((s) => ({ s, away: distance(s) }))
    .filter(({ away }) => away > 0)
    .sort((a, b) => a.away - b.away || a.s - b.s);
  const count = Math.min(Math.max(8, 2 * width), Math.max(3, Math.floor(objective.length / 10)));
  return others.slice(0, count).map(({ s }) => s);
}

function spanOf(coordinates: Float64Array, width: number, d: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = d; i < coordinates.length; i += width) {
    low = Math.min(low, coordinates[i]!);
    high = Math.max(high, coordinates[i]!);
  }
  return high - low;
}

function othersThan(chosen: number, sets: number): number[] {
  return Array.from({ length: sets }, (_, s) => s).filter((s) => s !== chosen);
}

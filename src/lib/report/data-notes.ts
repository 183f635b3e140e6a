/** What a reader must know of the data before believing anything that was made of it. */
import type { RunView } from './run-view.ts';

/** One sentence each, the gravest first. */
export function dataNotes(data: Pick<RunView['dataset'], 'synthetic' | 'hindsight' | 'closeOnly'>): string[] {
  return [
    ...(data.synthetic ? ['Synthetic data: prices are generated; no result here says anything about a market.'] : []),
    ...(data.hindsight
      ? ['Chosen with hindsight (survivorship bias): compare strategies on this data, do not believe levels.']
      : []),
    ...(data.closeOnly ? ['Close-only data: orders fill on closes; stops and limits inside a bar are not seen.'] : []),
  ];
}

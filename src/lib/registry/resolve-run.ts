/** Finds the run that a user means: by id, by the start of one, or `latest`. */
import { didYouMean, SigmaError } from '../core/index.ts';

/**
 * @param ids ids of stored runs, newest first
 * @throws SigmaError usage/unknown-run when none or several match
 */
export function resolveRun(reference: string, ids: readonly string[]): string {
  if (reference === 'latest' && ids[0] !== undefined) return ids[0];
  const matches = ids.filter((id) => id.startsWith(reference));
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  if (matches.length > 1) {
    throw new SigmaError('usage/unknown-run', `'${reference}' is the start of ${matches.length} runs`, {
      hint: `write more of the id: ${matches.slice(0, 4).join(', ')}`,
    });
  }
  const near = didYouMean(reference, ids);
  throw new SigmaError('usage/unknown-run', `there is no stored run '${reference}'`, {
    hint: ids.length === 0 ? 'no run is stored yet; make one with sigma backtest' : near || 'see sigma runs list',
  });
}

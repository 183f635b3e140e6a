/** Finds what a user means among stored runs or studies: by id, by the start of one, or `latest`. */
import { didYouMean, SigmaError } from '../core/index.ts';

/**
 * @param ids ids of stored runs, newest first
 * @throws SigmaError usage/unknown-run when none or several match
 */
export function resolveRun(reference: string, ids: readonly string[]): string {
  return resolveId(reference, ids, {
    code: 'usage/unknown-run',
    one: 'run',
    several: 'runs',
    none: 'no run is stored yet; make one with sigma backtest',
  });
}

/** The same of studies. @throws SigmaError usage/unknown-study when none or several match */
export function resolveStudy(reference: string, ids: readonly string[]): string {
  return resolveId(reference, ids, {
    code: 'usage/unknown-study',
    one: 'study',
    several: 'studies',
    none: 'no study is stored yet; make one with sigma optimize',
  });
}

type Words = {
  readonly code: 'usage/unknown-run' | 'usage/unknown-study';
  readonly one: string;
  readonly several: string;
  readonly none: string;
};

function resolveId(reference: string, ids: readonly string[], { code, one, several, none }: Words): string {
  const matches = reference === 'latest' ? ids.slice(0, 1) : ids.filter((id) => id.startsWith(reference));
  if (matches.length === 1) return matches[0]!;
  if (matches.length > 1)
    throw new SigmaError(code, `'${reference}' is the start of ${matches.length} ${several}`, {
      hint: `write more of the id: ${matches.slice(0, 4).join(', ')}`,
    });
  throw new SigmaError(code, `there is no stored ${one} '${reference}'`, {
    hint: ids.length === 0 ? none : didYouMean(reference, ids) || `see sigma ${several} list`,
  });
}

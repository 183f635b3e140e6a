/** Lists of what is stored leave out what cannot be read, and say so to who wants to know. */
import { SigmaError } from '../core/index.ts';

export type OnProblem = (problem: SigmaError) => void;

/** What was read, in the order of the ids. @param folder of one of them, for what fails without a place of its own */
export async function readable<T>(
  ids: readonly string[],
  read: (id: string) => Promise<T>,
  { folder, onProblem }: { readonly folder: (id: string) => string; readonly onProblem: OnProblem | undefined },
): Promise<readonly T[]> {
  const results = await Promise.allSettled(ids.map(read));
  return results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [result.value];
    onProblem?.(asProblem(result.reason, folder(ids[i]!)));
    return [];
  });
}

function asProblem(cause: unknown, where: string): SigmaError {
  if (cause instanceof SigmaError) return cause;
  const found = `it cannot be read (${cause instanceof Error ? cause.message : String(cause)})`;
  return new SigmaError('store/corrupt', found, { where, hint: 'restore it from a copy, or remove it', cause });
}

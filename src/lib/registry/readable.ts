/** Lists of what is stored leave out what cannot be read, and say so to who wants to know. */
import { SigmaError } from '../core/index.ts';

export type OnProblem = (problem: SigmaError) => void;

type Stored = { readonly id: string; readonly meta: { readonly created: string } };

/** What could be read, newest first. @param folder of one of them, for what fails without a place of its own */
export async function readable<T extends Stored>(
  ids: readonly string[],
  reading: (id: string) => Promise<T>,
  { folder, onProblem }: { readonly folder: (id: string) => string; readonly onProblem: OnProblem | undefined },
): Promise<readonly T[]> {
  const results = await Promise.allSettled(ids.map(reading));
  const read = results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [result.value];
    onProblem?.(asProblem(result.reason, folder(ids[i]!)));
    return [];
  });
  return read.sort(newestFirst);
}

function newestFirst(a: Stored, b: Stored): number {
  return a.meta.created === b.meta.created ? (a.id < b.id ? -1 : 1) : a.meta.created < b.meta.created ? 1 : -1;
}

function asProblem(cause: unknown, where: string): SigmaError {
  if (cause instanceof SigmaError) return cause;
  const found = `it cannot be read (${cause instanceof Error ? cause.message : String(cause)})`;
  return new SigmaError('store/corrupt', found, { where, hint: 'restore it from a copy, or remove it', cause });
}

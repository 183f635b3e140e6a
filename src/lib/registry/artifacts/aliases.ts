/** Where an alias stands and where it stood. */
import { SigmaError } from '../../core/index.ts';
import type { Alias, AliasChange, AliasMove } from './artifact-store.ts';

/** Stands for an alias that does not exist yet. */
export const ABSENT = 'absent';

/** The hash an alias points at. */
export function standing(alias: Alias): string {
  return alias.history.at(-1)!.hash; // never empty
}

/** Where a rollback leads: rolling back twice goes back two promotions. Undefined at the first one. */
export function before(alias: Alias): string | undefined {
  return promotions(alias).at(-2);
}

/** Where it stands, the places it had by its last `steps` moves before that, and those that as many rollbacks lead to. */
export function recent(alias: Alias, steps: number): readonly string[] {
  const hashes = alias.history.map(({ hash }) => hash);
  return [...new Set([hashes, promotions(alias)].flatMap((places) => places.slice(-1 - steps)))];
}

/** Promotions that no rollback has undone, oldest first. */
function promotions({ history }: Alias): readonly string[] {
  const promoted: string[] = [];
  for (const { hash, action } of history) {
    if (action === 'promote') promoted.push(hash);
    else promoted.pop();
  }
  return promoted;
}

/** The history after a change. @param time ISO 8601 */
export function moved(known: Alias | undefined, change: AliasChange, name: string, time: string): Alias {
  const { alias, hash, action, note } = change;
  const move: AliasMove = { hash, action, time, note };
  return { name, alias, history: [...(known?.history ?? []), move] };
}

/** @param expected a hash, or `absent` @throws SigmaError store/moved */
export function requireStanding(known: Alias | undefined, expected: string, where: string): void {
  const now = known === undefined ? ABSENT : standing(known);
  if (expected === now) return;
  throw new SigmaError('store/moved', `it stands at ${short(now)} now, not at ${short(expected)}`, {
    where,
    hint: 'somebody else moved it meanwhile; look with sigma registry show and decide again',
  });
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

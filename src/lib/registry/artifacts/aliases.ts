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
  const promoted: string[] = [];
  for (const { hash, action } of alias.history) {
    if (action === 'promote') promoted.push(hash);
    else promoted.pop();
  }
  return promoted.at(-2);
}

/** The history after a change. @param time ISO 8601 @throws SigmaError store/moved when the alias stands elsewhere than expected */
export function moved(known: Alias | undefined, change: AliasChange, name: string, time: string): Alias {
  const { alias, hash, action, note, expected } = change;
  const now = known === undefined ? ABSENT : standing(known);
  if (expected !== undefined && expected !== now)
    throw new SigmaError('store/moved', `it stands at ${short(now)} now, not at ${short(expected)}`, {
      where: `${name}@${alias}`,
      hint: 'somebody else moved it meanwhile; look with sigma registry show and decide again',
    });
  const move: AliasMove = { hash, action, time, note };
  return { name, alias, history: [...(known?.history ?? []), move] };
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

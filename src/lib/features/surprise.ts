/** How unusual a whitened window is, by either measure. */
import { unreachable } from '../core/index.ts';
import { growIsolationForest, isolationScore, type Matrix } from '../learning/index.ts';
import type { SurpriseModel } from './feature-model.ts';

/** Grown from the same rows it is the same forest: its randomness is part of the method, not of a run. */
const SEED = 1;

/** A forest grown from whitened windows (Liu, Ting and Zhou 2008). */
export function forestSurprise(whitened: Matrix): SurpriseModel {
  const { roots, column, cut, below, usual } = growIsolationForest(whitened, { seed: SEED });
  return { kind: 'isolation-forest', roots: [...roots], column: [...column], cut: [...cut], below: [...below], usual };
}

/** Surprise of a whitened window of `width` values whose squared length is known. */
export function surpriseOf(
  model: SurpriseModel,
  width: number,
): (whitened: Float64Array, squaredLength: number) => number {
  switch (model.kind) {
    case 'trimmed-distance':
      return (_, squaredLength) => Math.sqrt(squaredLength);
    case 'isolation-forest': {
      const forest = {
        width,
        roots: Int32Array.from(model.roots),
        column: Int32Array.from(model.column),
        cut: Float64Array.from(model.cut),
        below: Int32Array.from(model.below),
        usual: model.usual,
      };
      return (whitened) => isolationScore(forest, whitened);
    }
    default:
      return unreachable(model);
  }
}

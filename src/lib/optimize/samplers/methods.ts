/** Search methods by name. */
import { createRng, SigmaError, unreachable } from '../../core/index.ts';
import { type Allows, type SearchSpace, sizeOf } from '../space/space.ts';
import { differentialEvolution } from './differential-evolution.ts';
import { gridSampler } from './grid.ts';
import { latinHypercubeSampler } from './latin-hypercube.ts';
import { randomSampler } from './random.ts';
import type { Sampler } from './sampler.ts';
import { tpeSampler } from './tpe.ts';

export const searchMethods = ['grid', 'random', 'lhs', 'tpe', 'de'] as const;
export type SearchMethod = (typeof searchMethods)[number];

/** Trials of a search that was given no budget. */
export const DEFAULT_BUDGET = 500;
/** Beyond this a full grid wants its budget in writing. */
const LARGEST_GRID = 1_000_000;

export type SearchPlan = { readonly method: SearchMethod; readonly budget: number };

/**
 * Method and budget: the whole grid where it is small, the Parzen estimator otherwise.
 * @param asked what the user chose
 * @throws SigmaError usage/bad-space when a grid without a budget is too large
 */
export function planSearch(
  space: SearchSpace,
  asked: { readonly method?: SearchMethod; readonly budget?: number },
): SearchPlan {
  const size = sizeOf(space);
  const budget = asked.budget ?? DEFAULT_BUDGET;
  const method = asked.method ?? (size <= budget ? 'grid' : 'tpe');
  if (method !== 'grid' || asked.budget !== undefined || !Number.isFinite(size)) return { method, budget };
  if (size > LARGEST_GRID)
    throw new SigmaError('usage/bad-space', `the whole grid has ${size} points`, {
      where: '--space',
      hint: 'give a budget with --trials, larger steps, or another --method',
    });
  return { method, budget: size };
}

export function samplerOf(plan: SearchPlan, space: SearchSpace, allows: Allows, seed: number): Sampler {
  const { method, budget } = plan;
  const rng = createRng(seed).fork(`search ${method}`);
  switch (method) {
    case 'grid':
      return gridSampler(space, allows, budget);
    case 'random':
      return randomSampler(space, allows, rng);
    case 'lhs':
      return latinHypercubeSampler(space, allows, rng, budget);
    case 'tpe':
      return tpeSampler(space, allows, rng, { startup: Math.max(10, Math.min(100, Math.ceil(budget / 4))) });
    case 'de':
      return differentialEvolution(space, allows, rng);
    default:
      return unreachable(method);
  }
}

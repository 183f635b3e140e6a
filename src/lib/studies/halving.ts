/** Successive halving (Jamieson and Talwalkar 2016) over time: hopeless sets are dropped on the first ninth and third of the range. */
import { SigmaError } from '../core/index.ts';
import type { Stretch } from '../optimize/index.ts';
import type { HalvingView } from '../report/index.ts';
import { type Desk, type Searched, searchPart } from './desk.ts';

const RATE = 3;
const RUNGS = 3;
const FEWEST = 30;

export type Halved = { readonly searched: Searched; readonly view: HalvingView };

/**
 * Each rung keeps the best third for three times as many periods; only what reaches the whole stretch is ranked.
 * @throws SigmaError usage/bad-option for a guided method, study/too-short
 */
export async function searchByHalving(desk: Desk, stretch: Stretch): Promise<Halved> {
  const { arena, plan } = desk;
  if (plan.search.method === 'tpe' || plan.search.method === 'de')
    throw new SigmaError(
      'usage/bad-option',
      `${plan.search.method} learns from every trial and cannot stop some early`,
      {
        where: '--halving',
        hint: 'take --method lhs, random or grid',
      },
    );
  const shortest = Math.floor(stretch.to / RATE ** (RUNGS - 1));
  if (shortest < FEWEST)
    throw new SigmaError('study/too-short', `a ninth of ${stretch.to} periods is too short to drop a set on`, {
      where: '--halving',
      hint: `leave it out, or search at least ${FEWEST * RATE ** (RUNGS - 1)} periods`,
    });
  const rungs: { periods: number; tried: number; kept: number }[] = [];
  let points: Parameters<typeof searchPart>[3] = {};
  let evaluated = 0;
  for (let rung = 1; ; rung++) {
    const periods = rung === RUNGS ? stretch.to : Math.floor(stretch.to / RATE ** (RUNGS - rung));
    const last = rung === RUNGS;
    const part = await arena.part({ from: 0, to: periods });
    const found = await searchPart(desk, part, last ? 'search' : `rung-${rung}`, points);
    evaluated += found.evaluated;
    const kept = last ? found.order : found.order.subarray(0, Math.max(1, Math.ceil(found.order.length / RATE)));
    rungs.push({ periods, tried: found.trials.count, kept: kept.length });
    if (last || desk.signal?.aborted === true || kept.length === 0)
      return { searched: { ...found, evaluated }, view: { rungs } };
    // In the order they were made, so that equal scores rank as they would without rungs.
    points = { points: Array.from(kept.slice().sort(), (place) => found.trials.pointAt(place)) };
  }
}

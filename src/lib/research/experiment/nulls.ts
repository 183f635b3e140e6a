/** Worlds in which nothing precedes an event: what survives in them is luck. */
import { permuteEvents } from '../events/permute-events.ts';
import type { PlantedMarket } from '../planted/market.ts';
import { inSampleBaseline } from './in-sample-baseline.ts';
import { judge, type Mined } from './mine.ts';

export type NullScore = {
  readonly sets: number;
  /** Sets of data in which any cluster survived. */
  readonly fooled: number;
};

/** With k-means in sample beside it, which proves that the sets can fool. */
export type ContrastedNull = NullScore & { readonly baselineFooled: number };

/** Null A: the patterns stay, the events are dealt to other instruments of their day. */
export function permutedEventsNull(market: PlantedMarket, mined: Mined, sets: number): ContrastedNull {
  if (sets === 0) return { sets, fooled: 0, baselineFooled: 0 };
  const baseline = inSampleBaseline(mined, market.setting.seed);
  let fooled = 0;
  let baselineFooled = 0;
  for (let set = 0; set < sets; set++) {
    const events = permuteEvents(market.panel, market.events, market.setting.seed * sets + set);
    if (judge(mined, events, set).survivors.length > 0) fooled++;
    if (baseline(events) > 0) baselineFooled++;
  }
  return { sets, fooled, baselineFooled };
}

/** Null B: a market without patterns. */
export function noiseNull(market: PlantedMarket, mined: Mined): NullScore {
  const fooled = judge(mined, market.events, market.setting.seed).survivors.length > 0;
  return { sets: 1, fooled: Number(fooled) };
}

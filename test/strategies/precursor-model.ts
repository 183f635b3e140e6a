/** A distilled artifact over the bars of a planted market, whose patterns are known, so that nothing has to be discovered first. */
import { fitFeatures, panelFromBars, parseFeatureSpec } from '../../src/lib/features/index.ts';
import {
  describeClusters,
  distill,
  findCandidates,
  patternKinds,
  plantedBars,
  plantedExpressions,
  plantedMarket,
  splitDays,
  tradingDays,
} from '../../src/lib/research/index.ts';

const slots = 195;

/** @param perDay budget of alerts */
export function plantedPrecursors(perDay: number) {
  const market = plantedMarket({
    ...{ instruments: 8, days: 30, slots, seed: 1 },
    ...{ patternRate: 0.2, amplitude: 4.5, eventRate: 0.05 },
  });
  const bars = plantedBars(market);
  const specification = parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'planted',
    timeframe: '1m',
    session: { slots: 1440 },
    channels: Object.entries(plantedExpressions).map(([name, expression]) => ({ name, expression })),
    peaks: { quantile: 0.93 },
  });
  const panel = panelFromBars(specification, bars);
  const days = splitDays(tradingDays(panel));
  const model = fitFeatures(specification, panel, days.discovery);
  const candidates = findCandidates(model, panel, days.discovery);
  const labels = new Int32Array(candidates.row.length).fill(-1);
  for (const { kind, series, last } of market.truth)
    candidates.series.forEach((s, i) => {
      if (s === series && Math.abs(candidates.peak[i]! - last) <= 4) labels[i] = patternKinds.indexOf(kind);
    });
  const clusters = describeClusters(model, candidates, labels, new Float64Array(labels.length).fill(1));
  const artifact = distill(
    { name: 'planted', specification, model, clusters, survivors: [0, 1, 2], panel, events: market.events, days },
    { seed: 1, perDay },
  );
  return { bars, panel, artifact };
}

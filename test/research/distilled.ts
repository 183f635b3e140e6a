/** A small planted market with its clusters known from the truth, so that tests of what is distilled do not wait for a discovery. */
import { fitFeatures, parseFeatureSpec } from '../../src/lib/features/index.ts';
import {
  type DistillInput,
  describeClusters,
  findCandidates,
  patternKinds,
  plantedMarket,
  splitDays,
  tradingDays,
} from '../../src/lib/research/index.ts';

const size = { instruments: 12, days: 40, slots: 195 };

export function plantedDiscovery(surprise: 'trimmed-distance' | 'isolation-forest' = 'trimmed-distance'): DistillInput {
  const market = plantedMarket({ ...size, seed: 1, amplitude: 4.5, eventRate: 0.05 });
  const { panel, events, truth } = market;
  const spec = parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'planted',
    timeframe: '1m',
    session: { slots: size.slots },
    channels: [...panel.channels],
    surprise,
    peaks: { quantile: 0.93 },
  });
  const days = splitDays(tradingDays(panel));
  const model = fitFeatures(spec, panel, days.discovery);
  const candidates = findCandidates(model, panel, days.discovery);
  const labels = new Int32Array(candidates.row.length).fill(-1);
  for (const { kind, series, last } of truth)
    candidates.series.forEach((s, i) => {
      if (s === series && Math.abs(candidates.peak[i]! - last) <= 4) labels[i] = patternKinds.indexOf(kind);
    });
  const clusters = describeClusters(model, candidates, labels, new Float64Array(labels.length).fill(1));
  return { name: 'planted', specification: spec, model, clusters, survivors: [0, 1, 2], panel, events, days };
}

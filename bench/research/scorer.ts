/** What a distilled artifact costs a row, beside the stream of features that it rests on. */
import {
  candidateStream,
  type FeatureModel,
  type FeatureSpec,
  featureStream,
  fitFeatures,
  type Panel,
  type PrecursorArtifact,
  parseFeatureSpec,
  precursorScorer,
} from 'sigma-quant';
import { noisePanel } from '../../test/features/noise-panel.ts';
import { interleave, table, timed } from '../measure.ts';

const slots = 390;
const channels = ['return', 'activity', 'spread', 'impact'];
const days = { from: 20_000, to: 20_010 };

type Push = (values: Float64Array, slot: number, day: number) => unknown;

/** Pushes every row of every instrument, instrument by instrument. */
function run(panel: Panel, open: (symbol: string) => Push): number {
  return timed(() => {
    for (const { symbol, values, slot, day } of panel.series) {
      const push = open(symbol);
      const row = new Float64Array(values.length);
      for (let r = 0; r < slot.length; r++) {
        for (let c = 0; c < row.length; c++) row[c] = values[c]![r]!;
        push(row, slot[r]!, day[r]!);
      }
    }
  });
}

/** An artifact of three precursors around peaks of the panel itself, so that some rows are alerts. */
function artifactOf(specification: FeatureSpec, features: FeatureModel, panel: Panel): PrecursorArtifact {
  const centroids: number[][] = [];
  const { symbol, values, slot, day } = panel.series[0]!;
  const stream = candidateStream(features, { symbol });
  for (let r = 0; r < slot.length && centroids.length < 3; r++) {
    const row = values.map((column) => column[r]!);
    if (stream.push(row, slot[r]!, day[r]!)) centroids.push([...stream.vector]);
  }
  const promised = { alerts: 100, rate: 0.3, base: 0.05 };
  return {
    schema: 'sigma.precursor/1',
    name: 'bench',
    specification,
    features,
    horizonRows: 30,
    quietRows: 30,
    precursors: centroids.map((centroid, cluster) => ({
      cluster,
      looks: '',
      centroid,
      radius: 8,
      promised,
      excessLimit: 20,
    })),
    gates: [{ channel: 'spread', side: 'at-most', limit: 3, quantile: 0.99 }],
    probability: { first: { kind: 'membership', rates: [0.3, 0.3, 0.3], slope: 0.1, meanMembership: 0.4 } },
    budget: { perDay: 1000, threshold: 0 },
    drift: { inputs: [] },
    fitted: { discovery: days, calibration: days, trials: 1, seed: 1 },
    agreement: { candidates: 0, kappa: 1, overlap: 1 },
    cost: { bytes: 0, perRow: 0, perCandidate: 0 },
  };
}

export async function benchScorer(): Promise<void> {
  const panel = noisePanel({ instruments: 40, days: 10, slots, channels });
  const spec = parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'bench',
    timeframe: '1m',
    session: { slots },
    channels,
  });
  const model = fitFeatures(spec, panel, days);
  const artifact = artifactOf(spec, model, panel);
  const features = (symbol: string): Push => featureStream(model, { symbol }).push;
  const measured = await interleave([
    {
      name: 'precursor scorer',
      run: () => {
        const scorer = precursorScorer(artifact);
        return run(panel, (symbol) => scorer.stream(symbol).push);
      },
    },
    { name: 'its features alone', run: () => run(panel, features) },
  ]);
  table('Distilled artifact: 4 channels, 24-row windows, 3 precursors', measured, 40 * 10 * slots, 'rows');
}

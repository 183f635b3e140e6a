/** Features against the floors that were set for them: a million instrument-bars a second in columns, a thousand instruments' bar in 20 ms as streams. */
import { createRng } from '../../src/lib/core/index.ts';
import {
  type ChannelSeries,
  candidateStream,
  fitFeatures,
  type Panel,
  parseFeatureSpec,
  surpriseColumn,
} from '../../src/lib/features/index.ts';
import { type Contender, interleave, timed } from '../measure.ts';

const INSTRUMENTS = 1000;
const SLOTS = 390;
const CHANNELS = ['return', 'activity', 'spread', 'impact'] as const;
const FLOOR_ROWS = 1e6;
const FLOOR_BAR_MS = 20;
/** Sessions gone through bar by bar, each with new streams; the first warms up and does not count. */
const SESSIONS = 6;

const spec = parseFeatureSpec({
  schema: 'sigma.features/1',
  name: 'bench',
  timeframe: '1m',
  session: { slots: SLOTS },
  channels: [...CHANNELS],
  normalisation: { kind: 'seasonal', instruments: 'alike' },
});

export async function benchFeatures(): Promise<void> {
  const panel = noise();
  const fitted = { ...panel, series: panel.series.slice(0, 40) };
  const model = fitFeatures(spec, fitted, { from: 0, to: 1 });
  const columns: Contender = {
    name: 'columns',
    run: () => timed(() => panel.series.forEach((series) => void surpriseColumn(model, series))),
  };
  const [offline] = await interleave([columns]);
  const rows = INSTRUMENTS * SLOTS;
  const rate = (seconds: number): string => `${(rows / seconds / 1e6).toFixed(2)} M`;
  console.log(`\nFeatures of ${INSTRUMENTS} instruments x ${SLOTS} bars x ${CHANNELS.length} channels`);
  console.log(
    `  columns      ${rate(offline!.median)} instrument-bars/s [${rate(offline!.high)} to ${rate(offline!.low)}]; floor ${FLOOR_ROWS / 1e6} M`,
  );
  const sessions = Array.from({ length: SESSIONS }, () => onlineBars(panel, model)).slice(1);
  const bars = sessions.flat().sort((a, b) => a - b);
  const at = (share: number): string => bars[Math.floor(share * (bars.length - 1))]!.toFixed(2);
  const medians = sessions.map((session) => session.sort((a, b) => a - b)[SLOTS >> 1]!).sort((a, b) => a - b);
  console.log(
    `  one bar of all, as streams with candidates: median ${at(0.5)} ms [p95 ${at(0.95)}, longest ${at(1)}; medians of ${sessions.length} sessions ${medians[0]!.toFixed(2)} to ${medians.at(-1)!.toFixed(2)}]; floor ${FLOOR_BAR_MS} ms`,
  );
}

/** Milliseconds that each bar of a session takes over all instruments. */
function onlineBars(panel: Panel, model: Parameters<typeof candidateStream>[0]): number[] {
  const streams = panel.series.map(() => candidateStream(model));
  const values = new Float64Array(CHANNELS.length);
  const times: number[] = [];
  for (let row = 0; row < SLOTS; row++) {
    const seconds = timed(() => {
      for (let i = 0; i < streams.length; i++) {
        const series = panel.series[i]!;
        for (let c = 0; c < values.length; c++) values[c] = series.values[c]![row]!;
        streams[i]!.push(values, row, 0);
      }
    });
    times.push(seconds * 1000);
  }
  return times;
}

function noise(): Panel {
  const rng = createRng(1);
  const at = Float64Array.from({ length: SLOTS }, (_, r) => (r + 1) * 60_000);
  const slot = Int32Array.from({ length: SLOTS }, (_, r) => r);
  const day = new Int32Array(SLOTS);
  const series = Array.from({ length: INSTRUMENTS }, (_, i): ChannelSeries => {
    const values = CHANNELS.map(() => Float64Array.from({ length: SLOTS }, () => rng.normal()));
    return { symbol: `B${i}`, at, day, slot, values };
  });
  return { channels: CHANNELS, stepMs: 60_000, slots: SLOTS, series };
}

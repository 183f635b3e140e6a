/** What a sweep costs on one thread by its sets, its bars and its instruments. */
import { createSweep, defaultRunConfig, loadStrategy, type ParamSet } from 'sigma-quant';
import { bestOf } from '../measure.ts';
import { walk } from '../walk.ts';

type Shape = { readonly sets: number; readonly bars: number; readonly instruments: number };

/** One of the three grows at a time. */
const shapes: Readonly<Record<keyof Shape, readonly Shape[]>> = {
  sets: [64, 256, 1_024, 4_096].map((sets) => ({ sets, bars: 100_000, instruments: 1 })),
  bars: [10_000, 100_000, 1_000_000].map((bars) => ({ sets: 256, bars, instruments: 1 })),
  instruments: [1, 2, 4, 16, 64].map((instruments) => ({ sets: 32, bars: 10_000, instruments })),
};

/** The best of so many runs in a row: what a run takes once it is compiled. */
const REPEATS = 5;

export async function benchCurve(): Promise<void> {
  const { strategy } = await loadStrategy('moving-average-cross');
  for (const [grows, row] of Object.entries(shapes)) {
    console.log(`\ncost by ${grows}, one thread\n  ${head}`);
    for (const shape of row) {
      const { sets, bars, instruments } = shape;
      const market = Array.from({ length: instruments }, (_, i) => walk(bars, i + 1, `S${i}`));
      const sweep = createSweep({ strategy, market, config: defaultRunConfig });
      const asked = Array.from({ length: sets }, (_, k) => setOf(k));
      const seconds = bestOf(REPEATS, () => sweep.run(asked));
      const nanoseconds = (seconds / (sets * bars * instruments)) * 1e9;
      console.log(`  ${line([sets, bars, instruments, `${(seconds * 1000).toFixed(1)} ms`, nanoseconds.toFixed(2)])}`);
    }
  }
}

const line = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(13)).join('');
const head = line(['sets', 'bars', 'instruments', 'time', 'ns each']);

/** The k-th of many sets: fast averages turn quicker than slow ones. */
function setOf(k: number): ParamSet {
  return { fast: 2 + (k % 60), slow: 70 + Math.floor(k / 32), band: 0.001, average: 'simple', short: true };
}

/** Many instruments in time order: 1,000 x 10,000 one-minute bars through a handler strategy, from a warm tape and cold from Parquet. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRunConfig, openDataset, runBacktest } from 'sigma-quant';
import { interleave, table } from '../measure.ts';
import { scanner } from './scanner.ts';
import { syntheticSet } from './synthetic-set.ts';

const INSTRUMENTS = Number(process.env['SIGMA_BENCH_INSTRUMENTS'] ?? 1_000);
const BARS = 10_000;

export async function benchManyInstruments(): Promise<void> {
  const set = await syntheticSet(INSTRUMENTS, BARS);
  try {
    const cache = join(set.folder, '.cache');
    let trades = 0;
    const run = async (): Promise<number> => {
      const start = process.hrtime.bigint();
      const source = await (await openDataset(set.folder)).source();
      const result = runBacktest({ strategy: scanner, params: {}, source, config: defaultRunConfig });
      trades = result.trades.length;
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
    const cold = async (): Promise<number> => {
      rmSync(cache, { recursive: true, force: true });
      return run();
    };
    const iterate = async (): Promise<number> => {
      const start = process.hrtime.bigint();
      let rows = 0;
      for (const block of (await (await openDataset(set.folder)).source()).blocks())
        rows += block.order[block.rows - 1]! >= 0 ? block.rows : 0;
      if (rows !== INSTRUMENTS * BARS) throw new Error(`the tape has ${rows} rows`);
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
    const measured = await interleave(
      [
        { name: 'warm tape, engine', run },
        { name: 'warm tape, read alone', run: iterate },
        { name: 'cold from Parquet, engine', run: cold },
      ],
      3,
    );
    table(`${INSTRUMENTS} instruments x ${BARS} bars in time order`, measured, INSTRUMENTS * BARS, 'events');
    console.log(`  ${trades} trades`);
  } finally {
    set.remove();
  }
}

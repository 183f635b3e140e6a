/** Peak memory of 100 M bars (1,000 instruments x 100,000) through the event engine, from Parquet through the tape. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRunConfig, openDataset, runBacktest } from 'sigma-quant';
import { scanner } from './many-instruments.ts';
import { syntheticSet } from './synthetic-set.ts';

const INSTRUMENTS = Number(process.env['SIGMA_BENCH_INSTRUMENTS'] ?? 1_000);
const BARS = Number(process.env['SIGMA_BENCH_LENGTH'] ?? 100_000);

/** Run by itself in a process of its own: the set's writer must not count. */
if (process.argv[2] !== undefined && process.argv[1] === import.meta.filename) {
  const source = await (await openDataset(process.argv[2])).source();
  const built = process.resourceUsage().maxRSS;
  const start = process.hrtime.bigint();
  const result = runBacktest({ strategy: scanner, params: {}, source, config: defaultRunConfig });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  writeFileSync(
    1,
    JSON.stringify({
      bars: result.bars,
      trades: result.trades.length,
      seconds,
      builtMb: Math.round(built / 1024),
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}

export async function benchMemory(): Promise<void> {
  const set = await syntheticSet(INSTRUMENTS, BARS);
  try {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'memory.ts'), set.folder],
      { encoding: 'utf8' },
    );
    if (!stdout.startsWith('{')) throw new Error(stderr);
    const { bars, trades, seconds, builtMb, peakMb } = JSON.parse(stdout) as {
      bars: number;
      trades: number;
      seconds: number;
      builtMb: number;
      peakMb: number;
    };
    console.log(`\nmemory, ${INSTRUMENTS} instruments x ${BARS} bars`);
    console.log(
      `  ${bars} bars, ${trades} trades in ${seconds.toFixed(1)} s; peak ${peakMb} MB resident (${builtMb} MB while the tape was built)`,
    );
  } finally {
    set.remove();
  }
}

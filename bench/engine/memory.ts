/** Peak memory of 100 M bars (1,000 instruments x 100,000) through the event engine, from Parquet through the tape. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { syntheticSet } from './synthetic-set.ts';

const INSTRUMENTS = Number(process.env['SIGMA_BENCH_INSTRUMENTS'] ?? 1_000);
const BARS = Number(process.env['SIGMA_BENCH_LENGTH'] ?? 100_000);

/** In a process of its own: what wrote the set must not count. */
export async function benchMemory(): Promise<void> {
  const set = await syntheticSet(INSTRUMENTS, BARS);
  try {
    const script = join(import.meta.dirname, 'memory-run.js');
    const { stdout, stderr } = spawnSync(process.execPath, [script, set.folder], { encoding: 'utf8' });
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

/** Measures contenders interleaved in one run: A B C A B C …, medians with spread, ratios against the first. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';

export type Contender = {
  readonly name: string;
  /** Runs once and returns seconds, timed by itself when it lives in another process. */
  readonly run: () => number | Promise<number>;
};

export type Measured = { readonly name: string; readonly median: number; readonly low: number; readonly high: number };

/** Seconds that `work` takes. */
export function timed(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The best of so many runs in a row: what a run takes once it is compiled. */
export function bestOf(runs: number, work: () => void): number {
  return Math.min(...Array.from({ length: runs }, () => timed(work)));
}

/** So many warm-ups each, the same for all, then `rounds` rounds in turn. */
export async function interleave(contenders: readonly Contender[], rounds = 5, warmUps = 1): Promise<Measured[]> {
  for (let k = 0; k < warmUps; k++) for (const contender of contenders) await contender.run();
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, contender] of contenders.entries()) times[k]!.push(await contender.run());
  }
  return contenders.map((contender, k) => {
    const sorted = times[k]!.sort((a, b) => a - b);
    return { name: contender.name, median: sorted[sorted.length >> 1]!, low: sorted[0]!, high: sorted.at(-1)! };
  });
}

/** Prints rate and ratio of each to the first. `amount` is the work in one run, `unit` what is counted. */
export function table(title: string, measured: readonly Measured[], amount: number, unit: string): void {
  console.log(`\n${title}`);
  const first = measured[0]!;
  for (const m of measured) {
    const rate = amount / m.median;
    const text =
      rate >= 1e6 ? `${(rate / 1e6).toFixed(2)} M` : rate >= 1e3 ? `${(rate / 1e3).toFixed(1)} k` : rate.toFixed(1);
    const ratio = m === first ? '' : `  ${first.name} is ${(m.median / first.median).toFixed(1)}x`;
    console.log(
      `  ${m.name.padEnd(34)} ${text.padStart(10)} ${unit}/s  [${(amount / m.high / 1e6).toFixed(2)} to ${(amount / m.low / 1e6).toFixed(2)} M]${ratio}`,
    );
  }
}

/** Machine, Node and commit, for the head of a report. */
export function environment(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return `${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.versions.node}, commit ${commit}`;
}

/** Python of a virtual environment with the peers, from SIGMA_BENCH_PYTHON; undefined skips them. */
export const python = process.env['SIGMA_BENCH_PYTHON'] || undefined;
/** A folder whose node_modules holds the npm peers, from SIGMA_BENCH_PEERS; undefined skips them. */
export const peers = process.env['SIGMA_BENCH_PEERS'] || undefined;

/** A script beside the benchmarks; they are bundled elsewhere and run from the root of the project. */
export function script(path: string): string {
  return resolve('bench', path);
}

export function skipped(name: string, why: string): void {
  console.log(`  ${name.padEnd(34)} skipped: ${why}`);
}

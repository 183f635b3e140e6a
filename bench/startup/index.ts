/** Start of the built command, from the start of the process to its end: help and a whole backtest, interleaved with Node alone and with what npx adds. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Contender, interleave } from '../measure.ts';

export async function benchStartup(): Promise<void> {
  const root = resolve('.');
  const sigma = join(root, 'dist', 'cli', 'main.js');
  const artifacts = mkdtempSync(join(tmpdir(), 'sigma-bench-startup-'));
  const backtest = ['backtest', '--strategy', 'momentum', '--from', '2021-01-01', '--artifacts', artifacts];
  const node = process.execPath;
  try {
    const measured = await interleave(
      [
        started('node alone', node, ['-e', '0']),
        started('sigma --help', node, [sigma, '--help']),
        started('sigma backtest, us-equities', node, [sigma, ...backtest]),
        started('npx sigma backtest, us-equities', 'npx', ['sigma', ...backtest]),
      ],
      7,
    );
    console.log('\nstart of process to its end');
    for (const { name, median, low, high } of measured)
      console.log(`  ${name.padEnd(34)} ${text(median)}  [${text(low)} to ${text(high)}]`);
  } finally {
    rmSync(artifacts, { recursive: true, force: true });
  }
}

function started(name: string, program: string, args: readonly string[]): Contender {
  return {
    name,
    run: () => {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      return Number(process.hrtime.bigint() - start) / 1e9;
    },
  };
}

function text(seconds: number): string {
  return `${Math.round(seconds * 1000)} ms`.padStart(7);
}

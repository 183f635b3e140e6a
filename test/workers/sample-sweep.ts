/** A small sweep for tests of executors, and what it must answer. */
import { defaultRunConfig, loadStrategy } from '../../src/lib/index.ts';
import { createSweep, type ParamSet, type SweepResult } from '../../src/lib/sweep/index.ts';
import type { SweepSpec } from '../../src/lib/workers/index.ts';
import { panel } from '../market.ts';

export const sets: readonly ParamSet[] = [5, 10, 20, 40].flatMap((lookback) =>
  [0.01, 0.05].map((threshold) => ({ lookback, threshold })),
);

export async function sampleSpec(bars = 300): Promise<SweepSpec> {
  const { code } = await loadStrategy('momentum');
  return {
    strategy: { origin: 'momentum', code },
    bars: panel(['A', 'B', 'C'], bars, 7),
    config: defaultRunConfig,
    engine: 'auto',
  };
}

export async function expectedOf(spec: SweepSpec, asked = sets): Promise<SweepResult> {
  const { strategy } = await loadStrategy('momentum');
  return createSweep({ strategy, market: spec.bars, config: spec.config }).run(asked, { returns: true });
}

/** Every number as its bits. */
export function bitsOf({ figures, returns }: SweepResult): Record<string, string> {
  const columns = { ...figures, ...(returns === undefined ? {} : { returns }) };
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('hex'),
    ]),
  );
}

/** `sigma data generate`: a synthetic market, always labelled so. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { formatTime } from '../../../lib/model/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly spec?: string;
  readonly seed?: number;
  readonly timeframe?: string;
  readonly from?: string;
  readonly to?: string;
  readonly assets?: number;
  readonly replace?: true;
};

/** Where a market begins that is not told otherwise. */
const START = '2020-01-01';

export function dataGenerateCommand(command: Command): void {
  command
    .argument('<name>', 'name of the new data set')
    .option('--spec <file.json>', 'full specification; the other options override it')
    .option('--seed <n>', 'seed (1)', numberOption('--seed', { min: 0, integer: true }))
    .option('--timeframe <tf>', 'span of a bar, up to one day (1h)')
    .option('--from <date>', 'first bar (2020-01-01)')
    .option('--to <date>', 'last day, inclusive (2024-12-31)')
    .option('--assets <n>', 'how many assets (4)', numberOption('--assets', { min: 1, max: 10_000, integer: true }))
    .option('--replace', 'replace a data set of that name');
  examples(
    command,
    'sigma data generate my-market --assets 8 --seed 7',
    'sigma data generate daily --timeframe 1d --from 2015-01-01 --to 2024-12-31',
  );
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { generateMarket, parseSyntheticSpec, saveDataset } = await import('../../../lib/data/index.ts');
    const { rangeOf } = await import('../../../lib/runs/index.ts');
    const given = flags.spec === undefined ? {} : await readSpec(flags.spec);
    const chosen = Object.fromEntries(
      Object.entries({
        seed: flags.seed,
        timeframe: flags.timeframe,
        from: flags.from,
        // A specification ends where no bar is any more.
        to:
          flags.to === undefined
            ? undefined
            : formatTime(rangeOf({ from: flags.from ?? startOf(given), to: flags.to }).to),
      }).filter(([, value]) => value !== undefined),
    );
    const assets = flags.assets === undefined ? {} : { assets: assetsOf(flags.assets) };
    const spec = parseSyntheticSpec(
      {
        seed: 1,
        timeframe: '1h',
        from: START,
        to: '2025-01-01',
        assets: assetsOf(4),
        ...given,
        ...chosen,
        ...assets,
      },
      flags.spec ?? 'data generate',
    );
    const { bars } = generateMarket(spec);
    const dataset = await saveDataset(
      {
        name,
        title: `Synthetic market of ${bars.length} assets, seed ${spec.seed}`,
        licence: 'CC0-1.0',
        synthetic: true,
        sessions: spec.calendar,
        generator: spec,
      },
      bars,
      { ...(await wire(flags).catalog()), replace: flags.replace === true },
    );
    io.document('sigma.dataset/1', { ...dataset.meta, location: dataset.location });
    io.print(
      `stored ${name}: SYNTHETIC, ${bars.length} assets, ${dataset.meta.rows} bars of ${spec.timeframe}, seed ${spec.seed}`,
    );
  });
}

function startOf(spec: object): string {
  return 'from' in spec && typeof spec.from === 'string' ? spec.from : START;
}

function assetsOf(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    symbol: `SYN${i + 1}/USDT`,
    currency: 'USDT',
    price: 100 / (i + 1),
    drift: 0.1,
    volatility: 0.5 + 0.1 * (i % 5),
    correlation: 0.8 - 0.1 * (i % 6),
  }));
}

async function readSpec(path: string): Promise<object> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (cause) {
    throw new SigmaError('usage/bad-option', `cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      where: path,
      cause,
    });
  }
  throw new SigmaError('usage/bad-option', 'is no JSON object', { where: path });
}

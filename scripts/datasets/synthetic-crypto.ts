/**
 * synthetic-crypto: the seeded market of `syntheticCrypto`, written with its description.
 *
 * npx tsx scripts/datasets/synthetic-crypto.ts
 */
import { writeFile } from 'node:fs/promises';
import { describeBars } from '../../src/lib/data/catalog/describe-bars.ts';
import { writeParquet } from '../../src/lib/data/index.ts';
import { generateMarket, syntheticCrypto } from '../../src/lib/data/synthetic/index.ts';

const folder = new URL('../../datasets/synthetic-crypto/', import.meta.url);
const { bars } = generateMarket(syntheticCrypto);
await writeParquet(new URL('bars.parquet', folder).pathname, bars);
const meta = describeBars(
  {
    name: 'synthetic-crypto',
    title: 'Synthetic crypto market (generated, not real), hourly 2020 to 2025',
    description:
      'Eight invented coins from a seeded generator: four regimes, GARCH variance, Student t shocks, jumps, one common factor; each bar opens at the close before. Synthetic: no price in it was ever quoted, and no result on it says anything about a market.',
    synthetic: true,
    licence: 'Apache-2.0',
    script: 'scripts/datasets/synthetic-crypto.ts',
    source: { package: 'sigma-quant', seed: syntheticCrypto.seed },
    generator: JSON.parse(JSON.stringify(syntheticCrypto)),
    sessions: '24/7',
    periodsPerYear: 365.2425 * 24,
  },
  bars,
);
await writeFile(new URL('dataset.json', folder), `${JSON.stringify(meta, null, 2)}\n`);

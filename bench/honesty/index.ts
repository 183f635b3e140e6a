/** How often the verdict on a search is favourable: over 200 seeds each of noise, of an edge that ends, and of one that lasts; and the time of its tests. */
import { assessSearch, backtestOverfitting, createRng, type Rng, superiorAbility } from 'sigma-quant';
import { nearCopies, randomTiming, type Search, search } from '../../test/metrics/overfitting/noise-search.ts';
import { timed } from '../measure.ts';

const SEEDS = 200;
const YEAR = 252;
const edge = (sharpe: number): number => (0.01 * sharpe) / Math.sqrt(YEAR);

const kinds: Readonly<Record<string, (rng: Rng) => Search>> = {
  'noise, 100 sets x 1,000': (rng) => search(rng, { sets: 100, periods: 1000 }),
  'noise, correlation 0.5': (rng) => search(rng, { sets: 100, periods: 1000, correlation: 0.5 }),
  'noise, correlation 0.9': (rng) => search(rng, { sets: 100, periods: 1000, correlation: 0.9 }),
  'noise, 5 sets x 500': (rng) => search(rng, { sets: 5, periods: 500 }),
  'noise, a single backtest': (rng) => search(rng, { sets: 1, periods: 1000 }),
  'noise, 5 near copies of the best of 500': (rng) => nearCopies(rng, { sets: 500, periods: 1000 }),
  'random timing of a rising market': (rng) => randomTiming(rng, { sets: 100, periods: 1000 }),
  'edge (Sharpe 4) in the first half only': (rng) =>
    search(rng, { sets: 100, periods: 1250, skilled: 1, edge: edge(4), ends: 0.5 }),
  'lasting edge (Sharpe 2) in 20 of 100': (rng) =>
    search(rng, { sets: 100, periods: 1250, skilled: 20, edge: edge(2) }),
};

export async function benchHonesty(): Promise<void> {
  console.log(`\nVerdicts over ${SEEDS} seeds, share in percent`);
  console.log(`  ${''.padEnd(40)} favourable inconclusive unfavourable   SPA p <= 5 %`);
  for (const [name, make] of Object.entries(kinds)) {
    const counts = { favourable: 0, inconclusive: 0, unfavourable: 0 };
    let significant = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const rng = createRng(seed);
      const found = make(rng.fork('market'));
      const { verdict, superiorAbility: ability } = assessSearch({
        ...found,
        ...(found.benchmark === undefined ? {} : { benchmarkReturns: found.benchmark }),
        periodsPerYear: YEAR,
        rng: rng.fork('assess'),
        resamples: 400,
        blocks: 10,
      });
      counts[verdict.call]++;
      if (ability.spa.consistent <= 0.05) significant++;
    }
    const share = (count: number): string => ((100 * count) / SEEDS).toFixed(1).padStart(12);
    const { favourable, inconclusive, unfavourable } = counts;
    console.log(
      `  ${name.padEnd(40)}${share(favourable).slice(1)}${share(inconclusive)} ${share(unfavourable)} ${share(significant)}`,
    );
  }
  const large = search(createRng(1), { sets: 5000, periods: 2500 });
  console.log('\nTests of 5,000 sets x 2,500 periods, seconds');
  const seconds = (work: () => void): string => timed(work).toFixed(2);
  console.log(`  CSCV, 16 blocks (12,870 splits)  ${seconds(() => backtestOverfitting(large))}`);
  console.log(`  SPA and step-down, 1,000 resamples  ${seconds(() => superiorAbility(large, { rng: createRng(1) }))}`);
}

/** The acceptance experiment on its first seed: a planted market of each amplitude with everything from features to the distilled document, leaks and drift. */
import { cpus } from 'node:os';
import { runExperiment } from 'sigma-quant';

/** Seconds that one seed may take on two cores. */
const FLOOR = 60;
const FIRST_SEED = 101;

export async function benchExperiment(): Promise<void> {
  const plan = { seeds: 1, firstSeed: FIRST_SEED, nulls: 1 };
  const started = performance.now();
  const { results, hash } = await runExperiment({ plan, threads: cpus().length });
  const seconds = (performance.now() - started) / 1000;
  console.log(`\nacceptance experiment, seed ${FIRST_SEED}, ${cpus().length} threads`);
  console.log(`  ${results.length} markets in ${seconds.toFixed(1)} s; one seed may take ${FLOOR} s`);
  console.log(`  results ${hash}`);
}

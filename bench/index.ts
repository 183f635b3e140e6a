/** All benchmarks, or those named: `npm run bench -- engine portfolio`. Run it on a quiet machine. */
import { spawnSync } from 'node:child_process';
import { environment } from './measure.ts';

const suites: Readonly<Record<string, () => Promise<void>>> = {
  engine: async () => (await import('./engine/one-instrument.ts')).benchOneInstrument(),
  instruments: async () => (await import('./engine/many-instruments.ts')).benchManyInstruments(),
  memory: async () => (await import('./engine/memory.ts')).benchMemory(),
  portfolio: async () => (await import('./portfolio/cross-section.ts')).benchCrossSection(),
  sweep: async () => (await import('./sweep/index.ts')).benchSweep(),
  indicators: async () => (await import('./indicators/ten.ts')).benchIndicators(),
  learning: async () => (await import('./learning/index.ts')).benchLearning(),
  features: async () => (await import('./features/index.ts')).benchFeatures(),
  scaling: async () => (await import('./scaling/index.ts')).benchScaling(),
  experiment: async () => (await import('./research/experiment.ts')).benchExperiment(),
  honesty: async () => (await import('./honesty/index.ts')).benchHonesty(),
  loading: async () => (await import('./loading/index.ts')).benchLoading(),
  scorer: async () => (await import('./research/scorer.ts')).benchScorer(),
  startup: async () => (await import('./startup/index.ts')).benchStartup(),
};

/** Before the name of a suite that this process is to run. */
const ALONE = '--alone';

const asked = process.argv.slice(2);
if (asked[0] === ALONE) await suites[asked[1]!]!();
else runEach();

/** A process each, as every peer from Python has one: what one suite leaves in memory and in the compiler slows no other. */
function runEach(): void {
  const unknown = asked.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    console.error(`no suite '${unknown.join("', '")}'; there are ${Object.keys(suites).join(', ')}`);
    process.exit(2);
  }
  console.log(environment());
  for (const name of asked.length === 0 ? Object.keys(suites) : asked) {
    const { status } = spawnSync(process.execPath, [...process.execArgv, process.argv[1]!, ALONE, name], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}

/** All benchmarks, or those named: `npm run bench -- engine portfolio`. Run it on a quiet machine. */
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

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`no suite '${unknown.join("', '")}'; there are ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
console.log(environment());
for (const name of asked.length === 0 ? Object.keys(suites) : asked) await suites[name]!();

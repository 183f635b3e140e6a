/** All benchmarks, or those named: `npm run bench -- engine portfolio`. Run it on a quiet machine. */
import { environment } from './measure.ts';

const suites: Readonly<Record<string, () => Promise<void>>> = {
  engine: async () => (await import('./engine/one-instrument.ts')).benchOneInstrument(),
  instruments: async () => (await import('./engine/many-instruments.ts')).benchManyInstruments(),
  portfolio: async () => (await import('./portfolio/cross-section.ts')).benchCrossSection(),
  loading: async () => (await import('./loading/index.ts')).benchLoading(),
  memory: async () => (await import('./engine/memory.ts')).benchMemory(),
};

const asked = process.argv.slice(2);
console.log(environment());
for (const [name, run] of Object.entries(suites)) if (asked.length === 0 || asked.includes(name)) await run();

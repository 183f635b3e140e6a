/** All benchmarks, or those named: `npm run bench -- engine portfolio`. Run it on a quiet machine. */
import { benchOneInstrument } from './engine/one-instrument.ts';
import { environment } from './measure.ts';
import { benchCrossSection } from './portfolio/cross-section.ts';

const suites: Readonly<Record<string, () => Promise<void>>> = {
  engine: benchOneInstrument,
  portfolio: benchCrossSection,
};

const asked = process.argv.slice(2);
console.log(environment());
for (const [name, run] of Object.entries(suites)) if (asked.length === 0 || asked.includes(name)) await run();

/** The ten most used indicators at a million values against npm packages and TA-Lib: `npx tsx bench/indicators/index.ts [name …]`. */
import { environment } from '../measure.ts';
import { benchIndicators } from './ten.ts';

console.log(environment());
await benchIndicators(process.argv.slice(2));

/** One run over the data set in the folder given, in a process of its own: prints what it took as JSON. */
import { defaultRunConfig, openDataset, runBacktest } from 'sigma-quant';
import { scanner } from './scanner.ts';

const source = await (await openDataset(process.argv[2]!)).source();
const built = process.resourceUsage().maxRSS;
const start = process.hrtime.bigint();
const result = runBacktest({ strategy: scanner, params: {}, source, config: defaultRunConfig });
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = (kilobytes: number): number => Math.round(kilobytes / 1024);
console.log(
  JSON.stringify({
    bars: result.bars,
    trades: result.trades.length,
    seconds,
    builtMb: megabytes(built),
    peakMb: megabytes(process.resourceUsage().maxRSS),
  }),
);

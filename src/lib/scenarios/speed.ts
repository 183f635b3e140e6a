/** How fast a run is, as a ratio to a loop of fixed work that is timed in turn with it: machines differ, the ratio hardly. */
import { type BacktestOptions, runBacktest } from '../engine/index.ts';

const ROUNDS = 7;
/** A sample lasts at least this long, so that the clock's grain and a pause do not decide it. */
const SAMPLE_MS = 3;

/**
 * Bars that the event engine runs in the time of one calibration loop.
 * @param options makes the same run again each time it is called
 */
export function measureSpeed(options: () => BacktestOptions): number {
  const bars = runBacktest(options()).bars;
  const repeats = Math.max(
    1,
    Math.ceil(
      SAMPLE_MS /
        Math.max(
          0.05,
          millisecondsOf(() => runBacktest(options())),
        ),
    ),
  );
  let run = Number.POSITIVE_INFINITY;
  let loop = Number.POSITIVE_INFINITY;
  // The best of several rounds: whatever else the machine does only ever adds time.
  for (let round = 0; round < ROUNDS; round++) {
    loop = Math.min(loop, millisecondsOf(calibrationLoop), millisecondsOf(calibrationLoop));
    const prepared = Array.from({ length: repeats }, options);
    const all = (): void => {
      for (const each of prepared) runBacktest(each);
    };
    run = Math.min(run, millisecondsOf(all) / repeats);
  }
  return (bars / run) * loop;
}

function millisecondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const cells = new Float64Array(4096);

/** Arithmetic on typed arrays, branches and small objects: the mixture that the engine is made of. */
function calibrationLoop(): number {
  let state = 1;
  let sum = 0;
  for (let round = 0; round < 40; round++) {
    for (let i = 1; i < cells.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      const shock = state / 2_147_483_648;
      cells[i] = shock > 0 ? 0.9 * cells[i - 1]! + shock : Math.sqrt(Math.abs(cells[i - 1]!)) + shock;
    }
    const rows = Array.from({ length: 64 }, (_, i) => ({ price: cells[i]!, quantity: i }));
    for (const row of rows) sum += row.price * row.quantity;
  }
  return sum;
}

/** The timeframe of a series of open times, told from its most common step. */
import { SigmaError } from '../core/index.ts';
import { DAY, HOUR, MINUTE, SECOND, type Timeframe, WEEK } from '../model/index.ts';

/** Steps looked at: enough to see through holidays and gaps. */
const SAMPLE = 20_000;

/**
 * The most common step over all series; months and years when most steps have the length of one.
 * A lone row is taken for a day when it stands at midnight UTC.
 * @throws SigmaError data/bad-time when the steps fit no timeframe
 */
export function inferTimeframe(series: readonly Float64Array[], where: string): Timeframe {
  const counts = new Map<number, number>();
  let total = 0;
  for (const time of series) {
    const end = Math.min(time.length, Math.max(2, Math.ceil(SAMPLE / series.length)));
    for (let i = 1; i < end; i++) {
      const step = time[i]! - time[i - 1]!;
      if (!(step > 0)) continue;
      counts.set(step, (counts.get(step) ?? 0) + 1);
      total++;
    }
  }
  if (total === 0) {
    if (series.every((time) => time.every((t) => t % DAY === 0))) return '1d';
    throw unclear('one row has no step to tell the timeframe from', where);
  }
  return months(counts, total) ?? fixed(mostCommon(counts), where);
}

function mostCommon(counts: ReadonlyMap<number, number>): number {
  let best = Number.NaN;
  let most = 0;
  for (const [step, count] of counts)
    if (count > most || (count === most && step < best)) {
      best = step;
      most = count;
    }
  return best;
}

/** 28 to 31 days and multiples, two days looser because month ends fall on trading days. */
function months(counts: ReadonlyMap<number, number>, total: number): Timeframe | undefined {
  for (const n of [1, 3, 6, 12]) {
    const low = (n === 1 ? 28 : n * 30.4 - 2) - 2;
    const high = n * 30.5 + 3;
    let fitting = 0;
    let different = 0;
    for (const [step, count] of counts)
      if (step >= low * DAY && step <= high * DAY) {
        fitting += count;
        different++;
      }
    if (fitting >= 0.8 * total && (different > 1 || mostCommon(counts) !== 28 * DAY)) return `${n}M`;
  }
  return undefined;
}

function fixed(step: number, where: string): Timeframe {
  if (step % WEEK === 0) return `${step / WEEK}w`;
  if (step % DAY === 0) return `${step / DAY}d`;
  if (step % HOUR === 0) return `${step / HOUR}h`;
  if (step % MINUTE === 0) return `${step / MINUTE}m`;
  if (step % SECOND === 0) return `${step / SECOND}s`;
  throw unclear(`the most common step is ${step} ms, which is no timeframe`, where);
}

function unclear(found: string, where: string): SigmaError {
  return new SigmaError('data/bad-time', found, { where, hint: 'name it with --timeframe' });
}

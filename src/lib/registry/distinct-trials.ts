/** Distinct trials by key with the Sharpe ratio of each, for counting and for the variance between them. */
import type { LedgerEvidence, LedgerTrials } from './trial-ledger.ts';

export class DistinctTrials {
  /** 53 bits of the key: even among a million trials two share them with a chance of one in ten thousand. */
  private readonly places = new Map<number, number>();
  private sharpes = new Float64Array(256);
  private periods = new Float64Array(256);

  /** A set met again counts once, with the measurement over most periods and among equals the newest. */
  add({ keys, sharpes, periods }: LedgerTrials): void {
    for (let t = 0; t < sharpes.length; t++) {
      const key = (keys[2 * t + 1]! & 0x1f_ffff) * 4_294_967_296 + keys[2 * t]!;
      const place = this.places.get(key);
      if (place === undefined) this.append(key, sharpes[t]!, periods[t]!);
      else if (!Number.isNaN(sharpes[t]!) && !(periods[t]! < this.periods[place]!)) {
        this.sharpes[place] = sharpes[t]!;
        this.periods[place] = periods[t]!;
      }
    }
  }

  /** Welford 1962 over the defined ratios. */
  evidence(): LedgerEvidence {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (let p = 0; p < this.places.size; p++) {
      const value = this.sharpes[p]!;
      if (!Number.isFinite(value)) continue;
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }
    return { count: this.places.size, annualSharpeVariance: count < 2 ? Number.NaN : squares / (count - 1) };
  }

  private append(key: number, sharpe: number, periods: number): void {
    const place = this.places.size;
    if (place === this.sharpes.length) {
      this.sharpes = doubled(this.sharpes);
      this.periods = doubled(this.periods);
    }
    this.places.set(key, place);
    this.sharpes[place] = sharpe;
    this.periods[place] = periods;
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}

/** Distinct trials by key with the Sharpe ratio of each, for counting and for the variance between them. */
import type { LedgerEvidence, LedgerTrials } from './trial-ledger.ts';

const LEAST = 1024;

export class DistinctTrials {
  private count = 0;
  /** By place, in the order in which they were met. */
  private low = new Uint32Array(LEAST / 2);
  private high = new Uint32Array(LEAST / 2);
  private sharpes = new Float64Array(LEAST / 2);
  private periods = new Float64Array(LEAST / 2);
  /** Places plus one where the low word leads or after it, 0 where nothing is; at the most half full. */
  private table = new Int32Array(LEAST);

  /** A set met again counts once, with the measurement over most periods and among equals the newest. */
  add(batches: readonly LedgerTrials[]): void {
    this.reserve(batches.reduce((sum, { sharpes }) => sum + sharpes.length, this.count));
    for (const batch of batches) this.addBatch(batch);
  }

  /** Welford 1962 over the defined ratios. */
  evidence(): LedgerEvidence {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (let p = 0; p < this.count; p++) {
      const value = this.sharpes[p]!;
      if (!Number.isFinite(value)) continue;
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }
    return { count: this.count, annualSharpeVariance: count < 2 ? Number.NaN : squares / (count - 1) };
  }

  private addBatch({ keys, sharpes, periods }: LedgerTrials): void {
    for (let t = 0; t < sharpes.length; t++) {
      const place = this.placeOf(keys[2 * t]!, keys[2 * t + 1]!);
      if (place === this.count) this.append(keys[2 * t]!, keys[2 * t + 1]!, sharpes[t]!, periods[t]!);
      else if (!Number.isNaN(sharpes[t]!) && !(periods[t]! < this.periods[place]!)) {
        this.sharpes[place] = sharpes[t]!;
        this.periods[place] = periods[t]!;
      }
    }
  }

  /** The number of trials so far for one that was not met yet. */
  private placeOf(low: number, high: number): number {
    const mask = this.table.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const place = this.table[slot]! - 1;
      if (place < 0) return this.count;
      if (this.low[place] === low && this.high[place] === high) return place;
    }
  }

  private append(low: number, high: number, sharpe: number, periods: number): void {
    const place = this.count++;
    this.low[place] = low;
    this.high[place] = high;
    this.sharpes[place] = sharpe;
    this.periods[place] = periods;
    this.enter(place);
  }

  private enter(place: number): void {
    const mask = this.table.length - 1;
    let slot = this.low[place]! & mask;
    while (this.table[slot] !== 0) slot = (slot + 1) & mask;
    this.table[slot] = place + 1;
  }

  private reserve(count: number): void {
    if (count <= this.low.length) return;
    const size = 2 ** Math.ceil(Math.log2(count));
    const words = (column: Uint32Array): Uint32Array<ArrayBuffer> => {
      const larger = new Uint32Array(size);
      larger.set(column);
      return larger;
    };
    const numbers = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(size);
      larger.set(column);
      return larger;
    };
    this.low = words(this.low);
    this.high = words(this.high);
    this.sharpes = numbers(this.sharpes);
    this.periods = numbers(this.periods);
    this.table = new Int32Array(2 * size);
    for (let place = 0; place < this.count; place++) this.enter(place);
  }
}

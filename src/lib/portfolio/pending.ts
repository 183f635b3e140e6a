/** Units still to come from orders on their way, by instrument. */
import { InstrumentSet } from './instrument-set.ts';

export class Pending {
  /** Signed. */
  readonly units: Float64Array;
  /** Those with any. */
  readonly some: InstrumentSet;

  constructor(instruments: number) {
    this.units = new Float64Array(instruments);
    this.some = new InstrumentSet(instruments);
  }

  add(instrument: number, units: number): void {
    this.units[instrument]! += units;
    if (this.units[instrument] === 0) this.some.delete(instrument);
    else this.some.add(instrument);
  }

  clear(instrument: number): void {
    this.units[instrument] = 0;
    this.some.delete(instrument);
  }
}

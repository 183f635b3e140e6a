/** What volume-dependent fill models know of each instrument: this bar's volume, what was taken of it, and a usual day. */
import { DAY } from '../model/index.ts';

/** Weight of the newest day in the running means: a centre of mass of about 20 days. */
const dayWeight = 2 / 41;

export class BarActivity {
  readonly volume: Float64Array;
  /** Units this account has taken from the present bar. */
  readonly taken: Float64Array;
  /** Standard deviation of daily returns and units a day, from days before the present one; NaN until two days are over. */
  readonly dailyVolatility: Float64Array;
  readonly dailyVolume: Float64Array;
  readonly #variance: Float64Array;
  readonly #day: Float64Array;
  readonly #dayVolume: Float64Array;
  readonly #lastClose: Float64Array;
  readonly #dayClose: Float64Array;

  constructor(instruments: number) {
    const column = () => new Float64Array(instruments).fill(Number.NaN);
    this.volume = column();
    this.taken = new Float64Array(instruments);
    this.dailyVolatility = column();
    this.dailyVolume = column();
    this.#variance = column();
    this.#day = column();
    this.#dayVolume = new Float64Array(instruments);
    this.#lastClose = column();
    this.#dayClose = column();
  }

  /** Learns from a finished bar; a day enters the means when the next one begins. */
  observe(instrument: number, openTime: number, close: number, volume: number): void {
    const day = Math.floor(openTime / DAY);
    if (day !== this.#day[instrument]!) {
      if (!Number.isNaN(this.#day[instrument]!)) this.#endDay(instrument);
      this.#day[instrument] = day;
      this.#dayVolume[instrument] = 0;
    }
    if (!Number.isNaN(close)) this.#lastClose[instrument] = close;
    if (!Number.isNaN(volume)) this.#dayVolume[instrument]! += volume;
  }

  #endDay(instrument: number): void {
    this.dailyVolume[instrument] = blend(this.dailyVolume[instrument]!, this.#dayVolume[instrument]!);
    const change = this.#lastClose[instrument]! / this.#dayClose[instrument]! - 1;
    this.#dayClose[instrument] = this.#lastClose[instrument]!;
    if (Number.isNaN(change)) return;
    this.#variance[instrument] = blend(this.#variance[instrument]!, change * change);
    this.dailyVolatility[instrument] = Math.sqrt(this.#variance[instrument]!);
  }
}

function blend(mean: number, value: number): number {
  return Number.isNaN(mean) ? value : mean + dayWeight * (value - mean);
}

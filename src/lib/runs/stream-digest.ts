/** What is kept of a stream of bars that is too long to hold: thinned prices to draw, and the value of holding. */
import { invariant } from '../core/index.ts';
import type { Bars, Block, BlockSource, CorporateAction, Instrument } from '../model/index.ts';

export interface StreamDigest {
  /** The same blocks, looked at as they pass; one pass only. */
  readonly source: BlockSource;
  /** Some hundred to some thousand rows of each instrument, each the open, high, low, close and volume of as many bars. */
  bars(): readonly Bars[];
  /** What the cash, split equally over the held instruments, became at each of the run's first `instants`, as `buyAndHold` has it. */
  held(instants: number): Float64Array;
}

export type DigestOptions = {
  /** Instruments of the benchmark, by position; all when left out. */
  readonly held?: readonly number[];
  /** Splits and dividends that a holder meets; a dividend buys more of what paid it. */
  readonly actions?: readonly CorporateAction[];
  /** Instants that complete after this count, epoch milliseconds. */
  readonly start: number;
  readonly cash: number;
  /** Rows kept of all instruments together. */
  readonly points?: number;
};

const POINTS = 400_000;

export function digestOf(source: BlockSource, options: DigestOptions): StreamDigest {
  const { instruments } = source;
  const share = Math.floor((options.points ?? POINTS) / instruments.length);
  const capacity = 2 * Math.max(128, Math.min(10_000, Math.floor(share / 2)));
  const thinned = instruments.map(() => new ThinnedBars(capacity));
  const held = options.held ?? instruments.map((_, i) => i);
  const walk = new Holding(instruments, options, held, options.actions ?? []);
  function* watched(): Iterable<Block> {
    for (const block of source.blocks()) {
      for (let i = 0; i < instruments.length; i++) thinned[i]!.add(block, block.starts[i]!, block.starts[i + 1]!);
      walk.add(block);
      yield block;
    }
  }
  return {
    source: { ...source, blocks: watched },
    bars: () =>
      instruments.map((instrument, i) => ({
        ...thinned[i]!.columns(),
        instrument,
        timeframe: source.timeframe,
        closeOnly: source.closeOnly,
      })),
    held: (instants) => walk.take(instants),
  };
}

/** Bars merged by ever larger powers of two, so that they never need more than `capacity` rows. */
class ThinnedBars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  private rows = 0;
  /** Bars in each row, and in the last one so far. */
  private stride = 1;
  private inLast = 0;

  constructor(private readonly capacity: number) {
    this.time = new Float64Array(capacity);
    this.open = new Float64Array(capacity);
    this.high = new Float64Array(capacity);
    this.low = new Float64Array(capacity);
    this.close = new Float64Array(capacity);
    this.volume = new Float64Array(capacity);
  }

  add(block: Block, from: number, to: number): void {
    for (let r = from; r < to; r++) {
      if (this.inLast === this.stride) this.inLast = 0;
      if (this.inLast === 0) {
        if (this.rows === this.capacity) this.halve();
        this.put(this.rows++, block, r);
      } else this.merge(this.rows - 1, block, r);
      this.inLast++;
    }
  }

  columns(): Pick<Bars, 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'> {
    const cut = (column: Float64Array): Float64Array => column.slice(0, this.rows);
    return {
      time: cut(this.time),
      open: cut(this.open),
      high: cut(this.high),
      low: cut(this.low),
      close: cut(this.close),
      volume: cut(this.volume),
    };
  }

  private put(k: number, from: Pick<Bars, 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'>, r: number): void {
    this.time[k] = from.time[r]!;
    this.open[k] = from.open[r]!;
    this.high[k] = from.high[r]!;
    this.low[k] = from.low[r]!;
    this.close[k] = from.close[r]!;
    this.volume[k] = from.volume[r]!;
  }

  private merge(k: number, from: Pick<Bars, 'high' | 'low' | 'close' | 'volume'>, r: number): void {
    this.high[k] = Math.max(this.high[k]!, from.high[r]!);
    this.low[k] = Math.min(this.low[k]!, from.low[r]!);
    this.close[k] = from.close[r]!;
    this.volume[k] = this.volume[k]! + from.volume[r]!;
  }

  private halve(): void {
    for (let k = 0; k < this.rows / 2; k++) {
      this.put(k, this, 2 * k);
      this.merge(k, this, 2 * k + 1);
    }
    this.rows /= 2;
    this.stride *= 2;
  }
}

/** The value of holding, instant by instant. */
class Holding {
  /** Position among the held by instrument; -1 when it is not held. */
  private readonly place: Int32Array;
  private readonly price: Float64Array;
  private readonly bought: Float64Array;
  /** Units that one unit bought has become through splits and dividends. */
  private readonly growth: Float64Array;
  private readonly waiting: readonly (CorporateAction & { readonly held: number })[];
  private next = 0;
  private readonly values: number[] = [];

  constructor(
    instruments: readonly Instrument[],
    private readonly options: Pick<DigestOptions, 'start' | 'cash'>,
    held: readonly number[],
    actions: readonly CorporateAction[],
  ) {
    this.place = new Int32Array(instruments.length).fill(-1);
    held.forEach((instrument, k) => {
      this.place[instrument] = k;
    });
    this.price = new Float64Array(held.length).fill(Number.NaN);
    this.bought = this.price.slice();
    this.growth = new Float64Array(held.length).fill(1);
    const index = new Map(held.map((instrument, k) => [instruments[instrument]!.symbol, k]));
    this.waiting = actions.flatMap((action) => {
      const k = index.get(action.symbol);
      return k === undefined ? [] : [{ ...action, held: k }];
    });
  }

  add(block: Block): void {
    for (let from = 0; from < block.rows; ) {
      const first = block.order[from]!;
      const at = block.at[first]!;
      this.act(block.time[first]!);
      let to = from;
      for (; to < block.rows && block.at[block.order[to]!]! === at; to++) {
        const row = block.order[to]!;
        const k = this.place[block.instrument[row]!]!;
        if (k >= 0 && block.close[row]! > 0) this.price[k] = block.close[row]!;
      }
      if (at > this.options.start) this.values.push(this.value());
      from = to;
    }
  }

  /** The first `count` values. */
  take(count: number): Float64Array {
    invariant(count <= this.values.length, `${count} values of ${this.values.length} instants`);
    return Float64Array.from(this.values.slice(0, count));
  }

  private value(): number {
    const share = this.options.cash / this.price.length;
    let sum = 0;
    for (let k = 0; k < this.price.length; k++) {
      const price = this.price[k]!;
      if (Number.isNaN(this.bought[k]!) && !Number.isNaN(price)) {
        this.bought[k] = price;
        this.growth[k] = 1;
      }
      sum += Number.isNaN(price) ? share : (share * price * this.growth[k]!) / this.bought[k]!;
    }
    return sum;
  }

  private act(open: number): void {
    for (; this.next < this.waiting.length && this.waiting[this.next]!.time <= open; this.next++) {
      const action = this.waiting[this.next]!;
      const k = action.held;
      if (action.kind === 'split') this.growth[k]! *= action.ratio;
      else if (this.price[k]! > action.amount) this.growth[k]! /= 1 - action.amount / this.price[k]!;
    }
  }
}

/**
 * Exits of one set in WebAssembly: where they are placed, and the first bar that one of them trades on. What `SingleExits` does,
 * written out in local values; the property test holds both to the venue.
 */
import { assembler } from '../core/index.ts';
import { ASKED, KIND } from './asked-exits.ts';
import { atMost, not, signOf, zero } from './code-words.ts';
import { NEAR } from './single-exits.ts';
import type { AT } from './single-state.ts';
import { failUnless, failWhen, PATH, TERM, term } from './walk-terms.ts';
import { BYTES, PLACE } from './window-memory.ts';

const { advance, block, choose, f64, f64x2, forever, get, i32, leaveWhen, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Columns of a set's row that exits are told by, and those of them that only they change. */
const placed = ['stop', 'take', 'trail', 'best', 'trailPrice', 'trailFraction'] as const;
export const ofExits = ['guarded', 'exited', ...placed] as const satisfies readonly (keyof typeof AT)[];
type OfExits = (typeof ofExits)[number];

const highest = f64.constant(Number.POSITIVE_INFINITY);
const lowest = f64.constant(Number.NEGATIVE_INFINITY);
const isMissing = (value: Code): Code => f64.differ(value, value);

const ASKED_BYTES = BYTES * ASKED.count;

export type ExitParts = {
  readonly declare: Pick<assembler.Declare, 'local'>;
  readonly columns: Readonly<Record<OfExits, Local>>;
  /** Units held, with their sign. */
  readonly quantity: Code;
  /** The row that the walk has come to, and the one before which its next run ends. */
  readonly at: Local;
  readonly end: Local;
};

export class ExitCode {
  /** Address of the exits of the next entry. */
  readonly asked: Local;
  /** 1 when an exit trades on the bar that ends the run; where it stands, and 1 when it makes. */
  readonly found: Local;
  readonly reference: Local;
  readonly makes: Local;
  private readonly parts: ExitParts;
  private readonly v: Readonly<Record<OfExits, Code>>;
  private readonly row: Local;
  private readonly quiet: Local;
  private readonly falls: Local;
  private readonly worstFirst: Local;
  /** Addresses of the columns that the side sees as lows and highs. */
  private readonly lows: Local;
  private readonly highs: Local;
  private readonly low: Local;
  private readonly high: Local;
  private readonly floor: Local;
  private readonly here: Local;
  private readonly next: Local;
  private readonly lowPair: Local;
  private readonly highPair: Local;
  private readonly bests: Local;
  private readonly trails: Local;
  private readonly floors: Local;

  constructor(parts: ExitParts) {
    const { local } = parts.declare;
    this.parts = parts;
    // Every name is there.
    this.v = Object.fromEntries(ofExits.map((name) => [name, get(parts.columns[name])])) as Record<OfExits, Code>;
    [this.asked, this.found, this.makes, this.row] = [local('i32'), local('i32'), local('i32'), local('i32')];
    [this.quiet, this.falls, this.worstFirst] = [local('i32'), local('i32'), local('i32')];
    [this.lows, this.highs] = [local('i32'), local('i32')];
    [this.reference, this.low, this.high] = [local('f64'), local('f64'), local('f64')];
    [this.floor, this.here, this.next] = [local('f64'), local('f64'), local('f64')];
    [this.lowPair, this.highPair] = [local('f64x2'), local('f64x2')];
    [this.bests, this.trails, this.floors] = [local('f64x2'), local('f64x2'), local('f64x2')];
  }

  /** The exits asked for at the j-th change of the window, counted from 1, are those of the next entry. */
  takeAsked(j: Code): Code[] {
    const { asked } = this;
    return [
      set(asked, i32.add(i32.mul(i32.sub(j, i32.constant(1)), i32.constant(ASKED_BYTES)), i32.constant(PLACE.exits))),
      failWhen(isMissing(this.askedFor(ASKED.stopKind))),
    ];
  }

  /** Reads what was asked for from an address, and puts it back there. */
  load(from: Code): Code {
    return set(this.asked, from);
  }

  store(to: Code): Code {
    return Array.from({ length: ASKED.count }, (_, k) => f64.store(to, this.askedFor(k), BYTES * k)).flat();
  }

  /** The market gaps through an exit at the open of the row that the walk has come to. */
  gaps(): Code {
    const { v, parts } = this;
    const here = f64.mul(v.guarded, f64.load(get(parts.at), PLACE.open));
    return i32.and(f64.differ(v.guarded, zero), this.isThrough(here));
  }

  /** Places the exits of an entry that has filled at `price`, where the market stood at `reference`. */
  place(price: Code, reference: Code): Code[] {
    const { parts, v, here, next } = this;
    const entry = get(here);
    const level = (size: number, kind: number, direction: Code): Code => {
      const of = this.askedFor(kind);
      const distance = f64.select(
        f64.equal(of, f64.constant(KIND.distance)),
        this.askedFor(size),
        f64.mul(this.askedFor(size), price),
      );
      return f64.select(
        f64.equal(of, f64.constant(KIND.level)),
        this.askedFor(size),
        f64.add(price, f64.mul(direction, distance)),
      );
    };
    const asSeen = (without: Code): Code =>
      f64.select(f64.less(zero, get(next)), f64.mul(v.guarded, get(next)), without);
    const isTrailing = i32.isZero(i32.and(isMissing(v.trailPrice), isMissing(v.trailFraction)));
    const ratio = f64.select(isMissing(v.trailFraction), f64.div(v.trailPrice, reference), v.trailFraction);
    return [
      this.put('guarded', signOf(parts.quantity)),
      set(here, f64.mul(v.guarded, reference)),
      set(next, level(ASKED.stop, ASKED.stopKind, f64.negate(v.guarded))),
      this.put('stop', asSeen(lowest)),
      set(next, level(ASKED.take, ASKED.takeKind, v.guarded)),
      this.put('take', asSeen(highest)),
      this.put('best', highest),
      this.put('trail', lowest),
      this.put('trailPrice', this.askedFor(ASKED.trailPrice)),
      this.put('trailFraction', this.askedFor(ASKED.trailFraction)),
      when(
        isTrailing,
        failUnless(f64.less(f64.constant(NEAR), ratio)),
        this.put('best', entry),
        this.put('trail', this.trailOf(entry)),
      ),
      failWhen(this.isThrough(entry)),
    ];
  }

  /** Ends the run before the first bar on which an exit trades; trailing stops follow the market up to there. */
  find(): Code[] {
    const { parts, v, row, found, quiet, floor, lows, highs } = this;
    const isLong = f64.less(zero, v.guarded);
    const [low, high] = [i32.constant(PLACE.low), i32.constant(PLACE.high)];
    return [
      set(found, i32.constant(0)),
      when(
        f64.differ(v.guarded, zero),
        set(row, get(parts.at)),
        set(floor, f64.max(v.stop, v.trail)),
        choose(isLong, [set(lows, low), set(highs, high)], [set(lows, high), set(highs, low)]),
        block(
          forever(
            leaveWhen(1, not(i32.less(get(row), get(parts.end)))),
            set(quiet, i32.constant(0)),
            when(i32.less(i32.add(get(row), i32.constant(BYTES)), get(parts.end)), ...this.lookAtTwo()),
            choose(
              get(quiet),
              [
                this.put('best', f64x2.lane(get(this.bests), 1)),
                this.put('trail', f64x2.lane(get(this.trails), 1)),
                set(floor, f64x2.lane(get(this.floors), 1)),
                advance(row, 2 * BYTES),
              ],
              [...this.lookAtOne(), leaveWhen(2, get(found)), advance(row, BYTES)],
            ),
          ),
        ),
        when(get(found), set(parts.end, get(row))),
      ),
    ];
  }

  /** Two rows at once: whether nothing trades on either, with the best price, the trailing stop and what no low may reach after each. */
  private lookAtTwo(): Code[] {
    const { v, row, quiet, lows, highs, lowPair, highPair, bests, trails, floors } = this;
    const side = f64x2.both(v.guarded);
    const never = f64x2.both(lowest);
    const column = (address: Local): Code => f64x2.mul(side, f64x2.load(i32.add(get(address), get(row))));
    const later = (pair: Local): Code => f64x2.firsts(never, get(pair));
    const size = f64x2.larger(get(bests), f64x2.negate(get(bests)));
    const byPrice = f64x2.both(v.trailPrice);
    const fraction = f64x2.both(v.trailFraction);
    const distance = f64x2.select(byPrice, f64x2.mul(size, fraction), f64x2.differ(fraction, fraction));
    const isQuiet = f64x2.and(f64x2.less(get(floors), get(lowPair)), f64x2.less(get(highPair), f64x2.both(v.take)));
    return [
      set(lowPair, column(lows)),
      set(highPair, column(highs)),
      set(bests, f64x2.larger(f64x2.both(v.best), f64x2.larger(get(highPair), later(highPair)))),
      // Without a trailing stop its distance is NaN, and it stands nowhere.
      set(trails, f64x2.larger(never, f64x2.sub(get(bests), distance))),
      set(floors, f64x2.larger(f64x2.larger(f64x2.both(get(this.floor)), get(trails)), later(trails))),
      set(quiet, i32.equal(f64x2.highBits(isQuiet), i32.constant(3))),
    ];
  }

  private lookAtOne(): Code[] {
    const { v, quiet, low, high, floor, next } = this;
    const isNew = f64.less(v.best, get(high));
    const within = i32.and(f64.less(get(floor), get(low)), f64.less(get(high), v.take));
    return [
      set(low, this.seen(get(this.lows))),
      set(high, this.seen(get(this.highs))),
      set(next, this.trailOf(get(high))),
      set(quiet, i32.and(within, i32.or(not(isNew), f64.less(get(next), get(low))))),
      choose(
        get(quiet),
        [
          when(
            isNew,
            this.put('best', get(high)),
            this.put('trail', get(next)),
            when(f64.less(get(floor), get(next)), set(floor, get(next))),
          ),
        ],
        [...this.walk(), set(floor, f64.max(v.stop, v.trail))],
      ),
    ];
  }

  /** Along one bar, as the venue goes. */
  private walk(): Code[] {
    const { v, low, high, here, worstFirst } = this;
    const close = this.seen(i32.constant(PLACE.close));
    return [
      set(here, this.seen(i32.constant(PLACE.open))),
      choose(this.isThrough(get(here)), this.trades(get(here), atMost(v.take, get(here))), [
        ...this.follow(),
        set(worstFirst, this.comesWorstFirst()),
        ...this.leg(f64.select(get(worstFirst), get(low), get(high))),
        ...this.leg(f64.select(get(worstFirst), get(high), get(low))),
        ...this.leg(close),
      ]),
    ];
  }

  private leg(to: Code): Code[] {
    const { v, found, falls, floor, here, next } = this;
    const stops = i32.and(get(falls), atMost(get(next), get(floor)));
    const takes = i32.and(not(get(falls)), atMost(v.take, get(next)));
    return [
      when(
        not(get(found)),
        set(next, to),
        set(floor, f64.max(v.stop, v.trail)),
        set(falls, f64.less(get(next), get(here))),
        choose(i32.or(stops, takes), this.trades(f64.select(get(falls), get(floor), v.take), not(get(falls))), [
          set(here, get(next)),
          ...this.follow(),
        ]),
      ),
    ];
  }

  private trades(level: Code, makes: Code): Code[] {
    return [
      set(this.reference, f64.mul(this.v.guarded, level)),
      set(this.makes, makes),
      set(this.found, i32.constant(1)),
    ];
  }

  private follow(): Code[] {
    const { v, here } = this;
    return [when(f64.less(v.best, get(here)), this.put('best', get(here)), this.put('trail', this.trailOf(get(here))))];
  }

  /** What is the worst of the bar for the side comes before its best. */
  private comesWorstFirst(): Code {
    const { row, v } = this;
    const price = (address: number): Code => f64.load(get(row), address);
    const up = f64.sub(price(PLACE.high), price(PLACE.open));
    const down = f64.sub(price(PLACE.open), price(PLACE.low));
    const nearer = i32.equal(f64.less(down, up), f64.less(zero, v.guarded));
    const byOpen = i32.and(
      f64.equal(term(TERM.path), f64.constant(PATH['open-nearest'])),
      i32.or(f64.equal(up, down), nearer),
    );
    return i32.or(f64.equal(term(TERM.path), f64.constant(PATH.pessimistic)), byOpen);
  }

  private isThrough(here: Code): Code {
    const { v } = this;
    return i32.or(i32.or(atMost(here, v.stop), atMost(here, v.trail)), atMost(v.take, here));
  }

  /** Where the trailing stop stands when that was the best price. */
  private trailOf(best: Code): Code {
    const { v } = this;
    const distance = f64.select(isMissing(v.trailFraction), v.trailPrice, f64.mul(f64.abs(best), v.trailFraction));
    return f64.sub(best, distance);
  }

  /** A column at the row looked at, as the side sees it. */
  private seen(column: Code): Code {
    return f64.mul(this.v.guarded, f64.load(i32.add(column, get(this.row))));
  }

  private askedFor(k: number): Code {
    return f64.load(get(this.asked), BYTES * k);
  }

  private put(name: OfExits, value: Code): Code {
    return set(this.parts.columns[name], value);
  }
}

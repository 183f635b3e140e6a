/**
 * One set under plain terms, in WebAssembly, in one loop over the changes of its target: the order that waits meets the open, what
 * is then held is valued up to the next change, and that change orders what is lacking. Orders and fills are what `SingleTrader`
 * makes of them, written out in local values; the property test holds it to the event engine as it holds `SingleTrader`. An order is
 * one signed number, and so is what is held: it is the open trade as well. Whether a margin account lends enough is asked of what a
 * fill would leave, which is less to compute than what it takes; near that limit only the general path tells.
 */
import { assembler, compile, type Routines } from '../core/index.ts';
import { HELD_DUST } from '../portfolio/index.ts';
import { OPENING_DUST } from '../risk/index.ts';
import { atMost, larger, not, one, signOf, smaller, zero } from './code-words.ts';
import { ExitCode, ofExits } from './exit-code.ts';
import { dayValuingCode } from './held-days.ts';
import { type Valuing, valuingCode } from './held-rows.ts';
import { AT, MOVED_AT, type SumWants } from './single-state.ts';
import { closeBefore, failUnless, TERM, term } from './walk-terms.ts';
import { BYTES, PLACE, windowMemory } from './window-memory.ts';

const { choose, f64, forever, block, get, i32, leaveWhen, routine, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Columns of a set's row that the walk keeps in locals; those of profits and of exposure only where figures are made of them. */
const always = ['cash', 'quantity', 'weight', 'equity', 'closed', 'fees', 'slippage'] as const satisfies Columns;
const ofProfits = [
  ...(['entryValue', 'exitValue', 'tradeFees', 'won', 'gained', 'lost', 'profit'] as const),
] as const satisfies Columns;
const ofExposure = ['heldRows', 'equitySum', 'traded'] as const satisfies Columns;
type Columns = readonly (keyof typeof AT)[];

/**
 * Walks the set whose state is at an address from the row at one address to that before another, with so many changes as were
 * found. 0, with the set as it was, where only the general path can tell.
 */
type Walk = Routines<'walk'>['walk'];
const made = new Map<string, Walk>();

export type WalkWants = {
  readonly sums: SumWants;
  /** Periods are the days of shorter bars. */
  readonly intraday: boolean;
  /** Entries have exits, asked for before the walk. */
  readonly exits: boolean;
};

/** What a walk is written for. */
export type WalkKind = WalkWants & {
  /** A cash account. */
  readonly isCash: boolean;
  /** One unit is worth its price. */
  readonly isUnit: boolean;
};

/** Made when first asked for. */
export function plainWalk(kind: WalkKind): Walk {
  const { sums, intraday, exits, isCash, isUnit } = kind;
  const key = [sums.shape, sums.profits, sums.exposure, intraday, exits, isCash, isUnit].join();
  const known = made.get(key);
  if (known !== undefined) return known;
  const code = routine('walk', (declare) => new WalkCode(declare, kind).whole(), 'i32');
  const { walk } = compile({ walk: code })(windowMemory().memory);
  made.set(key, walk);
  return walk;
}

/** The signed units that wait for the next open, and numbers of the fill and of the order at hand. */
const passing = [
  ...(['order', 'reference', 'price', 'paid', 'fee', 'held', 'left', 'worth', 'size', 'open', 'part', 'gain'] as const),
  ...(['first', 'count', 'target', 'unitValue', 'lacking'] as const),
] as const;

type Kept = (typeof always | typeof ofProfits | typeof ofExposure | typeof ofExits)[number];
type Name = Kept | (typeof passing)[number];

const columnOf = (name: keyof typeof AT): number => BYTES * AT[name];

class WalkCode {
  private readonly kind: WalkKind;
  private readonly state: Local;
  private readonly first: Local;
  private readonly end: Local;
  private readonly changes: Local;
  private readonly change: Local;
  private readonly kept: readonly Kept[];
  /** Locals by name, and their values; nothing is put where there is none. */
  private readonly own: Readonly<Partial<Record<Name, Local>>>;
  private readonly v: Readonly<Record<Name, Code>>;
  /** Its address is that of the row the walk has come to. */
  private readonly run: Valuing;
  private readonly exits: ExitCode | undefined;

  constructor(declare: assembler.Declare, kind: WalkKind) {
    const { sums, intraday, exits } = kind;
    this.kind = kind;
    this.state = declare.parameter('i32');
    this.first = declare.parameter('i32');
    this.end = declare.parameter('i32');
    this.changes = declare.parameter('i32');
    this.change = declare.local('i32');
    const { shape, profits, exposure } = sums;
    this.kept = [...always, ...(profits ? ofProfits : []), ...(exposure ? ofExposure : []), ...(exits ? ofExits : [])];
    const names: readonly Name[] = [...always, ...ofProfits, ...ofExposure, ...ofExits, ...passing];
    this.own = Object.fromEntries([...this.kept, ...passing].map((name) => [name, declare.local('f64')]));
    // Every name is there.
    this.v = Object.fromEntries(
      names.map((name) => [name, this.own[name] === undefined ? zero : get(this.own[name])]),
    ) as Record<Name, Code>;
    this.run = intraday ? dayValuingCode(declare, shape) : valuingCode(declare, shape);
    const { at, end } = this.run;
    // With exits every column of theirs has a local.
    const columns = this.own as Record<Name, Local>;
    this.exits = exits ? new ExitCode({ declare, columns, quantity: this.v.quantity, at, end }) : undefined;
  }

  whole(): Code {
    const { state, first, end, changes, change, v, run, kept, exits } = this;
    const moved = i32.add(get(state), i32.constant(BYTES * MOVED_AT));
    const asked = i32.add(get(state), i32.constant(columnOf('asked')));
    const changeRow = i32.load(i32.shiftLeft(get(change), i32.constant(2)), PLACE.rows);
    const column = (name: keyof typeof AT): Code => f64.load(get(state), columnOf(name));
    return [
      ...kept.flatMap((name) => this.put(name, column(name))),
      ...this.put('order', f64.mul(column('side'), column('units'))),
      ...run.load(moved),
      ...(exits?.load(asked) ?? []),
      ...set(run.at, get(first)),
      ...this.failNearCall(),
      ...block(
        forever(
          when(i32.and(f64.differ(v.order, zero), i32.less(get(run.at), get(end))), ...this.opens()),
          set(run.end, get(end)),
          when(
            i32.less(get(change), get(changes)),
            set(run.end, i32.shiftLeft(i32.add(changeRow, i32.constant(1)), i32.constant(3))),
          ),
          ...(exits?.find() ?? []),
          when(i32.less(get(run.at), get(run.end)), ...this.holds()),
          ...(exits === undefined
            ? this.decides(1)
            : [choose(get(exits.found), this.exitTrades(exits), this.decides(2))]),
        ),
      ),
      ...this.keeps().flat(),
      ...run.store(moved),
      ...(exits?.store(asked) ?? []),
      ...i32.constant(1),
    ];
  }

  /** Puts the numbers of the set back. */
  private keeps(): Code[] {
    const { state, first, end, changes, v, kept } = this;
    const column = (name: keyof typeof AT): Code => f64.load(get(state), columnOf(name));
    const keep = (name: keyof typeof AT, value: Code): Code => f64.store(get(state), value, columnOf(name));
    const rows = i32.shiftRight(i32.sub(get(end), get(first)), i32.constant(3));
    return [
      when(f64.equal(column('rows'), zero), keep('first', v.first)),
      keep('rows', f64.add(column('rows'), f64.ofInteger(rows))),
      ...kept.map((name) => keep(name, v[name])),
      keep('side', f64.select(f64.equal(v.order, zero), zero, signOf(v.order))),
      keep('units', f64.abs(v.order)),
      keep('tradeSign', signOf(v.quantity)),
      keep('tradeHeld', f64.abs(v.quantity)),
      when(get(changes), keep('target', v.target)),
    ];
  }

  /** Leaves the walk, so many bodies further out, behind the last change; otherwise takes the next. */
  private decides(depth: number): Code[] {
    const { change, changes, v, exits } = this;
    const isOut = i32.and(f64.differ(v.exited, zero), f64.less(zero, f64.mul(v.exited, v.target)));
    const turns = i32.and(f64.differ(v.order, zero), atMost(f64.mul(v.quantity, v.target), zero));
    const orders =
      exits === undefined
        ? this.orders()
        : [
            when(
              not(isOut),
              this.put('exited', zero),
              ...this.orders(),
              when(turns, this.put('guarded', zero), when(f64.differ(v.target, zero), ...exits.takeAsked(get(change)))),
            ),
          ];
    return [
      leaveWhen(depth, i32.equal(get(change), get(changes))),
      this.put('target', f64.load(i32.shiftLeft(get(change), i32.constant(3)), PLACE.targets)),
      set(change, i32.add(get(change), i32.constant(1))),
      when(f64.differ(v.target, v.weight), this.put('weight', v.target), ...orders),
    ];
  }

  /** The order that waits meets the open, unless the market gaps through an exit there: that comes first, and ends it. */
  private opens(): Code[] {
    const { v, exits } = this;
    const fills = [this.put('reference', f64.load(get(this.run.at), PLACE.open)), ...this.fills()];
    if (exits === undefined) return fills;
    const isBare = i32.and(f64.equal(v.guarded, zero), f64.differ(v.quantity, zero));
    const guards = when(isBare, ...exits.place(v.price, v.reference));
    return [choose(exits.gaps(), [this.put('order', zero)], [...fills, guards])];
  }

  /** An exit closes the position. */
  private exitTrades({ reference, makes }: ExitCode): Code[] {
    const { v } = this;
    return [
      this.put('order', f64.negate(v.quantity)),
      this.put('exited', signOf(v.quantity)),
      this.put('guarded', zero),
      this.put('reference', get(reference)),
      ...this.fills(makes),
    ];
  }

  private put(name: Name, value: Code): Code {
    const local = this.own[name];
    return local === undefined ? [] : set(local, value);
  }

  private add(name: Name, value: Code): Code {
    return this.put(name, f64.add(this.v[name], value));
  }

  /** For one unit, what it is for all that it stands for. */
  private times(value: Code): Code {
    return this.kind.isUnit ? value : f64.mul(value, term(TERM.multiplier));
  }

  /** The order trades where the market stands at the reference, as a taker or where it makes. */
  private fills(makes?: Local): Code[] {
    const { v } = this;
    const dust = f64.mul(f64.constant(HELD_DUST), larger(f64.abs(v.quantity), f64.abs(v.order)));
    const share = f64.select(f64.less(zero, v.order), term(TERM.buy), term(TERM.sell));
    const taken = larger(zero, f64.mul(v.reference, share));
    const bps = term(TERM.feeBps);
    const feeBps = makes === undefined ? bps : f64.select(get(makes), term(TERM.makerBps), bps);
    return [
      this.put('price', makes === undefined ? taken : f64.select(get(makes), v.reference, taken)),
      this.put('paid', this.times(f64.mul(v.order, v.price))),
      this.put('fee', f64.div(f64.mul(f64.abs(v.paid), feeBps), f64.constant(10_000))),
      this.put('held', f64.add(v.quantity, v.order)),
      this.kind.isCash ? this.pays() : [],
      this.put('cash', f64.sub(v.cash, f64.add(v.paid, v.fee))),
      this.kind.isCash ? [] : this.borrows(),
      this.put('left', f64.select(atMost(f64.abs(v.held), dust), zero, v.held)),
      this.add('fees', v.fee),
      this.add('slippage', this.times(f64.mul(f64.sub(v.price, v.reference), v.order))),
      this.add('traded', f64.abs(f64.mul(v.order, v.price))),
      this.books(),
      this.put('quantity', v.left),
      this.put('order', zero),
      this.failNearCall(),
    ];
  }

  /** A margin account stays clear of a call in the whole window; near one the general path looks bar by bar. */
  private failNearCall(): Code {
    if (this.kind.isCash) return [];
    const { v } = this;
    const worst = f64.select(f64.less(v.quantity, zero), term(TERM.short), term(TERM.long));
    return failUnless(f64.less(zero, f64.add(v.cash, f64.mul(v.quantity, worst))));
  }

  /** A cash account has what an order takes; fees of both parts together are that of the whole, but for rounding. */
  private pays(): Code {
    const { v } = this;
    const fee = f64.add(v.fee, f64.mul(f64.abs(v.fee), f64.constant(4 * Number.EPSILON)));
    const left = f64.sub(v.cash, f64.add(v.paid, v.fee));
    return choose(
      f64.less(v.order, zero),
      [failUnless(i32.and(atMost(zero, v.held), atMost(zero, left)))],
      [failUnless(atMost(f64.add(f64.mul(v.order, this.times(v.price)), fee), v.cash))],
    );
  }

  /** What is held then, at the market's price, is within what a margin account lends on it. */
  private borrows(): Code {
    const { v } = this;
    return [
      ...this.put('worth', this.times(f64.mul(v.held, v.reference))),
      ...failUnless(atMost(f64.abs(v.worth), f64.mul(term(TERM.lends), f64.add(v.cash, v.worth)))),
    ];
  }

  /** The trade that the fill opens, adds to, reduces or closes; a flip does two of it. */
  private books(): Code {
    const { v } = this;
    const closes = i32.and(f64.differ(v.quantity, zero), not(f64.less(zero, f64.mul(v.left, v.quantity))));
    if (!this.kind.sums.profits) return this.add('closed', f64.ofInteger(closes));
    return [
      ...this.put('size', f64.abs(v.order)),
      ...this.put('open', f64.abs(v.quantity)),
      ...choose(
        f64.less(f64.mul(v.quantity, v.order), zero),
        [
          choose(closes, this.closes(), [
            this.add('exitValue', f64.mul(v.size, v.price)),
            this.add('tradeFees', v.fee),
          ]),
        ],
        [
          when(
            f64.equal(v.open, zero),
            ...(['entryValue', 'exitValue', 'tradeFees'] as const).map((n) => this.put(n, zero)),
          ),
          this.add('entryValue', f64.mul(v.size, v.price)),
          this.add('tradeFees', v.fee),
        ],
      ),
    ];
  }

  /** What is left opens the next. */
  private closes(): Code[] {
    const { v } = this;
    return [
      this.put('part', f64.select(f64.differ(v.left, zero), f64.div(f64.mul(v.fee, v.open), v.size), v.fee)),
      this.add('exitValue', f64.mul(v.open, v.price)),
      this.add('tradeFees', v.part),
      this.put(
        'gain',
        f64.sub(this.times(f64.mul(signOf(v.quantity), f64.sub(v.exitValue, v.entryValue))), v.tradeFees),
      ),
      this.add('closed', one),
      this.add('profit', v.gain),
      this.add('won', f64.ofInteger(f64.less(zero, v.gain))),
      this.add('gained', larger(zero, v.gain)),
      this.add('lost', smaller(zero, v.gain)),
      this.put('entryValue', f64.mul(f64.abs(v.left), v.price)),
      this.put('exitValue', zero),
      this.put('tradeFees', f64.sub(v.fee, v.part)),
    ];
  }

  /** What is held is valued up to the next change. */
  private holds(): Code[] {
    const { v, run, first } = this;
    const units = get(run.units);
    const total = (address: Local): Code => f64.load(get(address), PLACE.totals);
    const between = f64.sub(total(run.end), total(run.at));
    const close = f64.load(get(run.at), PLACE.close);
    return [
      set(run.cash, v.cash),
      set(run.units, this.times(v.quantity)),
      when(i32.equal(get(run.at), get(first)), this.put('first', f64.add(v.cash, f64.mul(units, close)))),
      ...(this.kind.sums.exposure
        ? [
            this.put('count', f64.ofInteger(i32.shiftRight(i32.sub(get(run.end), get(run.at)), i32.constant(3)))),
            this.add('heldRows', f64.select(f64.differ(units, zero), v.count, zero)),
            this.add('equitySum', f64.add(f64.mul(v.count, v.cash), f64.mul(units, between))),
          ]
        : []),
      this.put('equity', f64.add(v.cash, f64.mul(units, closeBefore(run.end)))),
      run.run,
    ];
  }

  /** The change orders what is lacking. */
  private orders(): Code[] {
    const { v, run } = this;
    const wanted = f64.div(f64.mul(v.weight, larger(zero, v.equity)), v.unitValue);
    const next = f64.abs(f64.add(v.quantity, v.lacking));
    const fits = failUnless(atMost(f64.mul(next, v.unitValue), f64.mul(term(TERM.most), v.equity)));
    // A cash account sells no more than it holds.
    const opening = f64.sub(f64.negate(v.lacking), v.quantity);
    const onlyCloses = atMost(opening, f64.mul(f64.constant(-OPENING_DUST), v.lacking));
    const sells = when(not(onlyCloses), this.put('lacking', f64.negate(v.quantity)));
    return [
      this.put('unitValue', this.times(closeBefore(run.at))),
      this.put('lacking', f64.sub(f64.select(f64.equal(v.weight, zero), zero, wanted), v.quantity)),
      failUnless(f64.less(f64.abs(v.lacking), f64.constant(Number.POSITIVE_INFINITY))),
      this.kind.isCash ? choose(f64.less(v.lacking, zero), [sells], [fits]) : fits,
      this.put('order', v.lacking),
    ];
  }
}

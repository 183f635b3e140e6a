/**
 * One set under plain terms, in WebAssembly, in one loop over the changes of its target: the order that waits meets the open, what
 * is then held is valued up to the next change, and that change orders what is lacking. Orders and fills are what `SingleTrader`
 * makes of them, written out in local values; the property test holds it to the event engine as it holds `SingleTrader`.
 */
import { assembler, compile, type Routines } from '../core/index.ts';
import { HELD_DUST } from '../portfolio/index.ts';
import { OPENING_DUST, ROOM_SLACK } from '../risk/index.ts';
import { ExitCode, ofExits } from './exit-code.ts';
import { dayValuingCode } from './held-days.ts';
import { type Valuing, valuingCode } from './held-rows.ts';
import { AT, MOVED_AT, type SumWants } from './single-state.ts';
import { TRADE_DUST } from './single-trader.ts';
import { atMost, closeBefore, failWhen, multiplier, not, one, product, TERM, term, zero } from './walk-terms.ts';
import { BYTES, PLACE, windowMemory } from './window-memory.ts';
import { NEAR_CALL } from './worst-prices.ts';

const { choose, f64, forever, block, get, i32, leaveWhen, routine, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Columns of a set's row that the walk keeps in locals; those of profits and of exposure only where figures are made of them. */
const always = [
  ...(['cash', 'quantity', 'weight', 'side', 'units', 'equity', 'rows', 'fees', 'slippage'] as const),
  ...(['tradeSign', 'tradeHeld', 'closed'] as const),
] as const satisfies Columns;
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

/** Made when first asked for. */
export function plainWalk(wants: WalkWants): Walk {
  const { sums, intraday, exits } = wants;
  const key = `${sums.shape} ${sums.profits} ${sums.exposure} ${intraday} ${exits}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const code = routine('walk', (declare) => new WalkCode(declare, wants).whole(), 'i32');
  const { walk } = compile({ walk: code })(windowMemory().memory);
  made.set(key, walk);
  return walk;
}

/** Numbers of the fill and of the order at hand. */
const passing = [
  ...(['reference', 'worth', 'gross', 'price', 'closing', 'opening', 'fee', 'paid', 'unit', 'slip'] as const),
  ...(['rest', 'left', 'dust', 'part', 'gain', 'target', 'lacking', 'count'] as const),
] as const;

type Kept = (typeof always | typeof ofProfits | typeof ofExposure | typeof ofExits)[number];
type Name = Kept | (typeof passing)[number];

const columnOf = (name: keyof typeof AT): number => BYTES * AT[name];

class WalkCode {
  private readonly state: Local;
  private readonly first: Local;
  private readonly end: Local;
  private readonly changes: Local;
  private readonly change: Local;
  private readonly isCash: Local;
  private readonly kept: readonly Kept[];
  /** Locals by name, and their values; nothing is put where there is none. */
  private readonly own: Readonly<Partial<Record<Name, Local>>>;
  private readonly v: Readonly<Record<Name, Code>>;
  /** Its address is that of the row the walk has come to. */
  private readonly run: Valuing;
  private readonly exits: ExitCode | undefined;

  constructor(declare: assembler.Declare, { sums, intraday, exits }: WalkWants) {
    this.state = declare.parameter('i32');
    this.first = declare.parameter('i32');
    this.end = declare.parameter('i32');
    this.changes = declare.parameter('i32');
    this.change = declare.local('i32');
    this.isCash = declare.local('i32');
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
    const { state, first, end, changes, change, isCash, v, run, kept, exits } = this;
    const moved = i32.add(get(state), i32.constant(BYTES * MOVED_AT));
    const asked = i32.add(get(state), i32.constant(columnOf('asked')));
    const changeRow = i32.load(i32.shiftLeft(get(change), i32.constant(2)), PLACE.rows);
    return [
      ...kept.flatMap((name) => this.put(name, f64.load(get(state), columnOf(name)))),
      ...run.load(moved),
      ...(exits?.load(asked) ?? []),
      ...set(isCash, f64.differ(term(TERM.isCash), zero)),
      ...set(run.at, get(first)),
      ...this.failNearCall().flat(),
      ...block(
        forever(
          when(i32.and(f64.differ(v.side, zero), i32.less(get(run.at), get(end))), ...this.opens()),
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
      ...kept.flatMap((name) => f64.store(get(state), v[name], columnOf(name))),
      ...run.store(moved),
      ...(exits?.store(asked) ?? []),
      ...when(get(changes), f64.store(get(state), v.target, columnOf('target'))),
      ...i32.constant(1),
    ];
  }

  /** Leaves the walk, so many bodies further out, behind the last change; otherwise takes the next. */
  private decides(depth: number): Code[] {
    const { change, changes, v, exits } = this;
    const isOut = i32.and(f64.differ(v.exited, zero), f64.less(zero, f64.mul(v.exited, v.target)));
    const turns = i32.and(f64.differ(v.side, zero), atMost(f64.mul(v.quantity, v.target), zero));
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
    return [choose(exits.gaps(), [this.put('side', zero)], [...fills, guards])];
  }

  /** An exit closes the position. */
  private exitTrades({ reference, makes }: ExitCode): Code[] {
    const { v } = this;
    return [
      ...this.failNearCall(),
      this.put('side', f64.select(f64.less(zero, v.quantity), f64.constant(-1), one)),
      this.put('units', f64.abs(v.quantity)),
      this.put('exited', f64.negate(v.side)),
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

  /** The order trades where the market stands at the reference, as a taker or where it makes. */
  private fills(makes?: Local): Code[] {
    const { v } = this;
    const taken = f64.max(f64.mul(v.reference, f64.add(one, f64.mul(v.side, term(TERM.fraction)))), zero);
    const price = makes === undefined ? taken : f64.select(get(makes), v.reference, taken);
    const bps = term(TERM.feeBps);
    const feeBps = makes === undefined ? bps : f64.select(get(makes), term(TERM.makerBps), bps);
    const quantity = f64.mul(v.side, v.units);
    const held = f64.add(v.quantity, quantity);
    const dust = f64.mul(f64.constant(HELD_DUST), f64.max(f64.abs(v.quantity), f64.abs(quantity)));
    return [
      this.put('worth', product(v.quantity, multiplier, v.reference)),
      this.put('gross', f64.abs(v.worth)),
      this.put('price', price),
      this.parts(),
      this.put('fee', f64.div(product(v.units, v.price, multiplier, feeBps), f64.constant(10_000))),
      this.affords(),
      this.put('cash', f64.sub(v.cash, f64.add(product(quantity, v.price, multiplier), v.fee))),
      this.put('quantity', f64.select(atMost(f64.abs(held), dust), zero, held)),
      this.add('fees', v.fee),
      this.add('slippage', product(v.side, f64.sub(v.price, v.reference), v.units, multiplier)),
      this.add('traded', f64.abs(f64.mul(v.units, v.price))),
      this.books(),
      this.put('side', zero),
    ];
  }

  /** What the order closes, and what it opens. */
  private parts(): Code {
    const { v } = this;
    const closes = f64.less(f64.mul(v.quantity, v.side), zero);
    return [
      ...this.put('closing', f64.select(closes, f64.min(f64.abs(v.quantity), v.units), zero)),
      ...this.put('opening', f64.sub(v.units, v.closing)),
    ];
  }

  /** A margin account stays clear of a call in the whole window; near one the general path looks bar by bar. */
  private failNearCall(): Code[] {
    const { v } = this;
    const units = f64.mul(v.quantity, multiplier);
    const worst = f64.select(f64.less(zero, units), term(TERM.lowest), term(TERM.highest));
    const slack = f64.sub(f64.add(v.cash, v.worth), f64.mul(term(TERM.maintenance), v.gross));
    const isMargin = i32.and(not(get(this.isCash)), f64.differ(v.quantity, zero));
    return [
      this.put('worth', f64.mul(units, worst)),
      this.put('gross', f64.abs(v.worth)),
      failWhen(i32.and(isMargin, not(f64.less(f64.mul(f64.constant(NEAR_CALL), v.gross), slack)))),
    ];
  }

  private get isShortCash(): Code {
    return i32.and(get(this.isCash), f64.less(this.v.side, zero));
  }

  /** Fees of both parts together are that of the whole, but for rounding. */
  private affords(): Code {
    const { v, isCash } = this;
    const rounding = f64.mul(f64.abs(v.fee), f64.constant(4 * Number.EPSILON));
    const proceeds = f64.sub(product(v.closing, v.price, multiplier), v.fee);
    return choose(
      this.isShortCash,
      [failWhen(f64.less(zero, v.opening)), failWhen(not(atMost(zero, f64.add(v.cash, proceeds))))],
      [
        when(
          f64.less(zero, v.opening),
          this.put('paid', f64.add(v.fee, rounding)),
          choose(
            get(isCash),
            [failWhen(not(atMost(f64.add(f64.mul(v.opening, f64.mul(v.price, multiplier)), v.paid), v.cash)))],
            this.affordsOnMargin(),
          ),
        ),
      ],
    );
  }

  private affordsOnMargin(): Code[] {
    const { v } = this;
    const leverage = term(TERM.accountLeverage);
    const equity = f64.sub(f64.add(v.cash, v.worth), f64.mul(v.closing, v.slip));
    const budget = f64.sub(f64.mul(leverage, equity), f64.sub(v.gross, f64.mul(v.closing, v.unit)));
    const cost = f64.mul(v.opening, f64.add(v.unit, f64.mul(leverage, v.slip)));
    return [
      this.put('unit', f64.mul(v.reference, multiplier)),
      this.put('slip', f64.mul(f64.abs(f64.sub(v.price, v.reference)), multiplier)),
      failWhen(not(atMost(f64.add(cost, f64.mul(leverage, v.paid)), budget))),
    ];
  }

  /** The trade that the fill opens, adds to, reduces or closes; a flip does two of it. */
  private books(): Code {
    const { v } = this;
    const adds = i32.and(f64.differ(v.tradeHeld, zero), f64.less(zero, f64.mul(v.tradeSign, v.side)));
    return choose(
      adds,
      [this.add('tradeHeld', v.units), this.add('entryValue', f64.mul(v.units, v.price)), this.add('tradeFees', v.fee)],
      [
        this.put('rest', v.units),
        this.put('left', v.fee),
        when(f64.differ(v.tradeHeld, zero), ...this.reduces()),
        when(
          f64.less(zero, v.rest),
          this.put('tradeSign', v.side),
          this.put('tradeHeld', v.rest),
          this.put('entryValue', f64.mul(v.rest, v.price)),
          this.put('exitValue', zero),
          this.put('tradeFees', v.left),
        ),
      ],
    );
  }

  /** What closes first; what is left opens the next. */
  private reduces(): Code[] {
    const { v } = this;
    const opens = f64.less(v.dust, v.rest);
    return [
      this.put('rest', f64.sub(v.units, v.tradeHeld)),
      this.put('dust', f64.mul(f64.constant(TRADE_DUST), f64.max(v.units, v.tradeHeld))),
      this.put('part', f64.select(opens, f64.div(f64.mul(v.fee, v.tradeHeld), v.units), v.fee)),
      this.add('tradeFees', v.part),
      this.put('left', f64.sub(v.fee, v.part)),
      choose(
        atMost(f64.negate(v.dust), v.rest),
        [this.add('exitValue', f64.mul(v.tradeHeld, v.price)), ...this.closes()],
        [this.add('exitValue', f64.mul(v.units, v.price)), this.put('tradeHeld', f64.sub(v.tradeHeld, v.units))],
      ),
      this.put('rest', f64.select(opens, v.rest, zero)),
    ];
  }

  private closes(): Code[] {
    const { v } = this;
    const moved = product(v.tradeSign, f64.sub(v.exitValue, v.entryValue), multiplier);
    const wins = f64.less(zero, v.gain);
    return [
      this.put('gain', f64.sub(moved, v.tradeFees)),
      this.put('tradeHeld', zero),
      this.add('closed', one),
      this.add('profit', v.gain),
      this.add('won', f64.ofInteger(wins)),
      this.add('gained', f64.select(wins, v.gain, zero)),
      this.add('lost', f64.select(f64.less(v.gain, zero), v.gain, zero)),
    ];
  }

  /** What is held is valued up to the next change. */
  private holds(): Code[] {
    const { v, run, state } = this;
    const units = get(run.units);
    const total = (address: Local): Code => f64.load(get(address), PLACE.totals);
    const between = f64.sub(total(run.end), total(run.at));
    const close = f64.load(get(run.at), PLACE.close);
    return [
      set(run.cash, v.cash),
      set(run.units, f64.mul(v.quantity, multiplier)),
      ...this.failNearCall(),
      when(f64.equal(v.rows, zero), f64.store(get(state), f64.add(v.cash, f64.mul(units, close)), columnOf('first'))),
      this.put('count', f64.ofInteger(i32.shiftRight(i32.sub(get(run.end), get(run.at)), i32.constant(3)))),
      this.add('rows', v.count),
      this.add('heldRows', f64.select(f64.differ(units, zero), v.count, zero)),
      this.add('equitySum', f64.add(f64.mul(v.count, v.cash), f64.mul(units, between))),
      this.put('equity', f64.add(v.cash, f64.mul(units, closeBefore(run.end)))),
      run.run,
    ];
  }

  /** The change orders what is lacking. */
  private orders(): Code[] {
    const { v, run } = this;
    const unitValue = f64.mul(closeBefore(run.at), multiplier);
    const wanted = f64.div(f64.mul(v.weight, f64.max(zero, v.equity)), unitValue);
    const most = product(term(TERM.leverage), v.equity, f64.constant(ROOM_SLACK));
    const held = f64.add(f64.mul(v.side, v.quantity), f64.add(v.closing, v.opening));
    const onlyCloses = atMost(v.opening, f64.mul(f64.constant(OPENING_DUST), v.units));
    return [
      this.put('lacking', f64.sub(f64.select(f64.equal(v.weight, zero), zero, wanted), v.quantity)),
      when(
        f64.differ(v.lacking, zero),
        this.put('side', f64.select(f64.less(zero, v.lacking), one, f64.constant(-1))),
        this.put('units', f64.mul(v.lacking, v.side)),
        failWhen(not(f64.less(v.units, f64.constant(Number.POSITIVE_INFINITY)))),
        this.parts(),
        when(
          not(onlyCloses),
          choose(
            this.isShortCash,
            [this.put('units', v.closing), when(f64.equal(v.units, zero), this.put('side', zero))],
            // Where all but the last digits of the room are taken, the general path divides.
            [failWhen(not(atMost(f64.mul(held, unitValue), f64.mul(most, f64.constant(1 - 1e-12)))))],
          ),
        ),
      ),
    ];
  }
}

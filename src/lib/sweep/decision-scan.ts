/**
 * The rows at which a decision changes, found in WebAssembly two rows at a time: while the same is held, both ways of every
 * choice are computed and compared with it, in a loop of its own for each value that the decision names. Arithmetic and
 * comparisons are those of the language, to the bit.
 */
import { assembler, compile, type WorkMemory } from '../core/index.ts';
import { createLevels, createTexts, type Level, partsOf, type Term } from './decision.ts';
import { type Change, chosen, maskOf } from './decision-change.ts';
import { BYTES, PLACE, VALUES } from './window-memory.ts';

const { advance, block, f64, f64x2, forever, get, i32, leaveWhen, routine, set, when } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Rows that a turn of the loop looks at, in pairs. */
const TURN = 8;
const PAIR = 2;
/** Locals are named by one byte. */
const MOST_LOCALS = 100;
/** Values that a decision may name for each of them to get a loop. */
const MOST_CASES = 3;
/** The address of a column, or which of the addresses in the memory it is. */
export type ColumnPlace = { readonly address: number } | { readonly source: number };
/** Where the column of a name is; undefined where there is none of numbers. */
type PlaceOf = (name: string) => ColumnPlace | undefined;

export type DecisionScan = {
  /** What it asks of the parameter set `p`, as texts with the type that each must have; truth values are written as 0 and 1. */
  readonly values: readonly SetValue[];
  /** Looks at rows [from, to) in which no column misses a value. Reads up to `TURN` rows beyond. Returns how many changes there are up to the first to NaN. */
  readonly link: (memory: WorkMemory) => (from: number, to: number) => number;
};

export type SetValue = { readonly text: string; readonly type: 'number' | 'boolean' };

/** Thrown inside, never seen outside. */
class Unwritable extends Error {}

/** Undefined where the term has parts that are not computed by pairs of rows, or does not look at rows at all. */
export function scanOf(term: Term, place: PlaceOf): DecisionScan | undefined {
  const values: SetValue[] = [];
  try {
    const find = routine('find', (declare) => new ScanCode(declare, place, values).whole(term), 'i32');
    const link = compile({ find });
    return {
      values,
      link: (memory) => {
        const routines = link(memory);
        return (from, to) => routines.find(BYTES * from, BYTES * to);
      },
    };
  } catch (cause) {
    if (cause instanceof Unwritable) return undefined;
    throw cause;
  }
}

class ScanCode {
  private readonly place: PlaceOf;
  private readonly values: SetValue[];
  private readonly declare: assembler.Declare;
  private readonly levelOf: (term: Term) => Level = createLevels();
  private readonly textOf: (term: Term) => string | undefined = createTexts();
  private readonly at: Local;
  private readonly to: Local;
  private readonly held: Local;
  private locals = 0;
  /** Addresses that the memory tells. */
  private readonly sources = new Map<number, Local>();
  /** Set before all rows, and whenever something else is held. */
  private readonly once: Code[] = [];
  private readonly onChange: Code[] = [];
  /** Locals of what is the same for all rows, by what it says or by its term: a term may be asked for as a number and as a truth. */
  private readonly said = new Map<string, Local>();
  private readonly heldNumbers = new Map<Term, Local>();
  private readonly heldTruths = new Map<Term, Local>();
  /** Terms of the row that several others use, with locals for them and for whether they are another than what is held. */
  private readonly common = new Set<Term>();
  private readonly numbers = new Map<Term, Local>();
  private readonly truths = new Map<Term, Local>();
  private readonly changes = new Map<Term, Local>();
  /** Values that the decision names, each by what it is known by and with whether it is another than what is held. */
  private readonly leaves = new Map<string, Code>();
  /** The one of them that is known to be held, while code is written for that case. */
  private same: string | undefined;
  /** Those computed already for the rows at hand, and their code. */
  private computed = new Set<Local>();
  private prelude: Code[] = [];
  /** Terms that need no code to be known to change always or never there. */
  private told = new Map<Term, Extract<Change, string>>();
  /** Rows on from the address that code is written for. */
  private row = 0;

  constructor(declare: assembler.Declare, place: PlaceOf, values: SetValue[]) {
    this.place = place;
    this.values = values;
    this.declare = declare;
    this.at = declare.parameter('i32');
    this.to = declare.parameter('i32');
    this.held = this.local();
  }

  whole(term: Term): Code {
    const { at, to, held } = this;
    if (this.levelOf(term) !== 'row') throw new Unwritable();
    const [count, bits] = [this.declare.local('i32'), this.declare.local('i32')];
    this.findCommon(term);
    const masks = Array.from({ length: TURN / PAIR }, () => this.local());
    const scan = this.turns(term, masks, 1);
    const leaves = [...this.leaves.keys()];
    const cases = leaves.length > MOST_CASES ? [] : leaves.map((leaf) => this.turnsWhile(leaf, term, masks));
    const bitsOf = masks
      .map((mask, k) => i32.shiftLeft(f64x2.highBits(get(mask)), i32.constant(PAIR * k)))
      .reduce((a, b) => i32.or(a, b));
    const decided = this.atRow(0, held, () => this.number(term));
    return [
      ...this.once.flat(),
      ...set(held, f64x2.add(f64x2.loadBoth(i32.constant(PLACE.targets)), f64x2.zero)),
      ...block(
        forever(
          ...this.onChange,
          block(...cases, scan),
          set(bits, bitsOf),
          set(at, i32.add(get(at), i32.shiftLeft(i32.zerosBelow(get(bits)), i32.constant(3)))),
          leaveWhen(1, i32.isZero(i32.less(get(at), get(to)))),
          decided,
          set(held, f64x2.add(f64x2.both(f64x2.lane(get(held), 0)), f64x2.zero)),
          i32.store(i32.shiftLeft(get(count), i32.constant(2)), i32.shiftRight(get(at), i32.constant(3)), PLACE.rows),
          f64.store(i32.shiftLeft(get(count), i32.constant(3)), f64x2.lane(get(held), 0), PLACE.targets),
          set(count, i32.add(get(count), i32.constant(1))),
          // NaN differs from itself: what is held is then held no longer, and there is nothing left to find.
          leaveWhen(1, f64x2.anySet(f64x2.differ(get(held), get(held)))),
          advance(at, BYTES),
        ),
      ),
      ...get(count),
    ];
  }

  /** Turns up to one with a change. It leaves the body at that level, counted from the loop; the last row, that two further out. */
  private turns(term: Term, masks: readonly Local[], level: number): Code {
    const { at, to } = this;
    const looks = masks.map((mask, k) => this.atRow(PAIR * k, mask, () => maskOf(this.changed(term))));
    const any = masks.map((mask) => get(mask)).reduce((a, b) => f64x2.or(a, b));
    return forever(
      leaveWhen(level + 2, i32.isZero(i32.less(get(at), get(to)))),
      ...looks,
      leaveWhen(level, f64x2.anySet(any)),
      advance(at, TURN * BYTES),
    );
  }

  /** The same where one value is held and no other equals it: there is less to compute. */
  private turnsWhile(leaf: string, term: Term, masks: readonly Local[]): Code {
    const holds = [...this.leaves].map(([other, changed]) => {
      const differs = f64x2.anySet(changed);
      return other === leaf ? i32.isZero(differs) : differs;
    });
    this.same = leaf;
    const code = when(
      holds.reduce((a, b) => i32.and(a, b)),
      this.turns(term, masks, 2),
    );
    this.same = undefined;
    return code;
  }

  private local(type: assembler.ValueType = 'f64x2'): Local {
    if (this.locals++ === MOST_LOCALS) throw new Unwritable();
    return this.declare.local(type);
  }

  private findCommon(term: Term, seen = new Set<Term>()): void {
    for (const part of partsOf(term)) {
      if (this.levelOf(part) !== 'row') continue;
      if (seen.has(part)) this.common.add(part);
      else this.findCommon(part, seen.add(part));
    }
  }

  /** Sets a local by code for the pair that begins so many rows on. */
  private atRow(row: number, into: Local, write: () => Code): Code {
    this.row = row;
    this.prelude = [];
    this.computed = new Set();
    this.told = new Map();
    const code = write();
    return [...this.prelude.flat(), ...set(into, code)];
  }

  /** Where the decision is another than what is held. */
  private changed(term: Term): Change {
    const { held } = this;
    if (term.kind === 'held') return 'never';
    if (this.levelOf(term) !== 'row') return this.leafChanged(this.number(term));
    if (term.kind !== 'choice') return f64x2.differ(this.number(term), get(held));
    return chosen(this.truth(term.test), this.changedOnce(term.yes), this.changedOnce(term.no));
  }

  private leafChanged(value: Code): Change {
    const leaf = `changed ${value}`;
    if (this.same !== undefined) return leaf === this.same ? 'never' : 'always';
    const code = this.prepared(this.said, leaf, this.onChange, () => f64x2.differ(value, get(this.held)));
    this.leaves.set(leaf, code);
    return code;
  }

  private changedOnce(term: Term): Change {
    const change = this.told.get(term) ?? this.onceARow(this.changes, term, () => this.changed(term));
    if (typeof change === 'string') this.told.set(term, change);
    return change;
  }

  private number(term: Term): Code {
    switch (this.levelOf(term)) {
      case 'set':
        return this.valueOfSet(term, 'number');
      case 'held':
        return term.kind === 'held'
          ? get(this.held)
          : this.prepared(this.heldNumbers, term, this.onChange, () => this.numberOf(term));
      default:
        return this.onceARow(this.numbers, term, () => this.numberOf(term));
    }
  }

  private truth(term: Term): Code {
    switch (this.levelOf(term)) {
      case 'set':
        return this.valueOfSet(term, 'boolean');
      case 'held':
        return this.prepared(this.heldTruths, term, this.onChange, () => this.truthOf(term));
      default:
        return this.onceARow(this.truths, term, () => this.truthOf(term));
    }
  }

  private valueOfSet(term: Term, type: SetValue['type']): Code {
    const text = this.textOf(term);
    if (text === undefined) throw new Unwritable();
    return this.prepared(this.said, `${type} ${text}`, this.once, () => {
      const k = this.values.push({ text, type }) - 1;
      if (k === VALUES) throw new Unwritable();
      const value = f64x2.loadBoth(i32.constant(PLACE.values + BYTES * k));
      return type === 'number' ? value : f64x2.differ(value, f64x2.zero);
    });
  }

  /** A local that is set among `before`, and what it is known by among `locals`. */
  private prepared<Key>(locals: Map<Key, Local>, key: Key, before: Code[], write: () => Code): Code {
    const known = locals.get(key);
    if (known !== undefined) return get(known);
    const code = write();
    const local = this.local();
    locals.set(key, local);
    before.push(set(local, code));
    return get(local);
  }

  /** Terms that others have in common are computed before all that use them. */
  private onceARow<Result extends Change>(locals: Map<Term, Local>, term: Term, write: () => Result): Result | Code {
    if (!this.common.has(term)) return write();
    const local = locals.get(term) ?? this.local();
    locals.set(term, local);
    if (!this.computed.has(local)) {
      const code = write();
      if (typeof code === 'string') return code;
      this.computed.add(local);
      this.prelude.push(set(local, code));
    }
    return get(local);
  }

  private numberOf(term: Term): Code {
    switch (term.kind) {
      case 'row':
        return this.value(term.name);
      case 'choice':
        return f64x2.select(this.number(term.yes), this.number(term.no), this.truth(term.test));
      case 'unary':
        if (term.sign === '-') return f64x2.negate(this.number(term.of));
        if (term.sign === '+') return this.number(term.of);
        throw new Unwritable();
      case 'binary':
        return operationOf(arithmetic, term.sign)(this.number(term.a), this.number(term.b));
      default:
        throw new Unwritable();
    }
  }

  private value(name: string): Code {
    const place = this.place(name);
    if (place === undefined) throw new Unwritable();
    const row = BYTES * this.row;
    if ('address' in place) return f64x2.load(get(this.at), place.address + row);
    return f64x2.load(i32.add(get(this.at), get(this.sourceOf(place.source))), row);
  }

  private sourceOf(k: number): Local {
    const known = this.sources.get(k);
    if (known !== undefined) return known;
    const local = this.local('i32');
    this.sources.set(k, local);
    this.once.push(set(local, i32.load(i32.constant(PLACE.sources + 4 * k))));
    return local;
  }

  private truthOf(term: Term): Code {
    if (term.kind === 'choice') return f64x2.select(this.truth(term.yes), this.truth(term.no), this.truth(term.test));
    if (term.kind === 'unary' && term.sign === '!') return f64x2.not(this.truth(term.of));
    if (term.kind !== 'binary') throw new Unwritable();
    const { sign, a, b } = term;
    if (sign === '&&') return f64x2.and(this.truth(a), this.truth(b));
    if (sign === '||') return f64x2.or(this.truth(a), this.truth(b));
    return operationOf(comparison, sign)(this.number(a), this.number(b));
  }
}

type Operation = (a: Code, b: Code) => Code;

const arithmetic: Readonly<Record<string, Operation>> = {
  '+': f64x2.add,
  '-': f64x2.sub,
  '*': f64x2.mul,
  '/': f64x2.div,
};

const comparison: Readonly<Record<string, Operation>> = {
  '<': f64x2.less,
  '<=': (a, b) => f64x2.notLess(b, a),
  '>': (a, b) => f64x2.less(b, a),
  '>=': f64x2.notLess,
  '===': f64x2.equal,
  '==': f64x2.equal,
  '!==': f64x2.differ,
  '!=': f64x2.differ,
};

function operationOf(operations: Readonly<Record<string, Operation>>, sign: string): Operation {
  const operation = operations[sign];
  if (operation === undefined) throw new Unwritable();
  return operation;
}

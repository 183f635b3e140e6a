/** The signals of many sets over one stretch of the market: every distinct expression is evaluated once. */
import { blockColumns, type RowColumns, type Sizer } from '../engine/index.ts';
import {
  bars,
  createEvaluator,
  createInstantValues,
  type Evaluator,
  type EvaluatorOptions,
  type Expr,
  type InstantOptions,
  type InstantValues,
} from '../indicators/index.ts';
import type { Block, Instrument } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { guarded } from './event-sweep.ts';
import type { Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';

/** What one set looks at: the strategy's own signals by name, those its sizing asks for, and its universe. */
export type SetSignals = {
  readonly names: readonly string[];
  readonly expressions: readonly Expr[];
  readonly universe: Expr | undefined;
};

/** @throws SigmaError when the strategy throws */
export function signalsOf(strategy: Strategy, params: ParamSet, sizer: Sizer): SetSignals {
  return guarded(strategy, () => {
    const own = strategy.signals?.(bars, params) ?? {};
    const expressions = Object.values(own);
    for (const expression of sizer.signals) expressions.push(expression);
    return { names: Object.keys(own), expressions, universe: strategy.universe?.(bars, params) };
  });
}

/** Where the signals of one set are among those of its group: whose evaluator, and which of its columns. */
export type SetPlaces = {
  readonly names: readonly string[];
  readonly owner: number;
  readonly places: readonly number[];
};

export interface SignalColumns {
  /** Evaluates the stretch; what an evaluator leaves to it only at the instants decided on. */
  advance(stretch: Stretch, decided: Uint8Array): void;
  /** All columns of an evaluator over the stretch. */
  values(owner: number): readonly Float64Array[];
  /** Columns over the stretch, a set's own signals first. */
  columns(set: SetPlaces): RowColumns;
  /** 1 where the row's instrument belongs to the universe of the set. */
  member(set: SetPlaces): Uint8Array;
}

/** What is known of the rows that columns are read at and of the market's fields, and where the columns of the first evaluator lie. */
export type KnownOfColumns = Pick<EvaluatorOptions, 'sparse' | 'complete' | 'into'>;

/** The market that values at single instants are found in, and how many of these at once. */
export type InstantTerms = Pick<InstantOptions, 'bars' | 'complete' | 'most'>;

/** One evaluator for each universe: cross-sections depend on who takes part. */
type Draft = {
  readonly universe: Expr | undefined;
  /** Places of expressions, by themselves and by their keys. */
  readonly same: Map<Expr, number>;
  readonly places: Map<string, number>;
  readonly expressions: Expr[];
};

/** Collects the distinct signals of a group of sets; expressions that are there already are let go at once. */
export class SignalGroup {
  /** Distinct expressions so far. */
  size = 0;
  private readonly owners = new Map<string, number>();
  private readonly drafts: Draft[] = [];
  private names: readonly string[] = [];

  add({ names, expressions, universe }: SetSignals): SetPlaces {
    if (!sameNames(names, this.names)) this.names = names;
    const key = universe?.key ?? '';
    let owner = this.owners.get(key);
    if (owner === undefined) {
      owner = this.drafts.length;
      this.owners.set(key, owner);
      this.drafts.push({ universe, same: new Map(), places: new Map(), expressions: [] });
    }
    const draft = this.drafts[owner]!;
    // Once for every set of a sweep: no closure, and no more room than is used.
    const places = new Array<number>(expressions.length);
    for (let k = 0; k < places.length; k++) places[k] = this.placeOf(draft, expressions[k]!);
    return { names: this.names, owner, places };
  }

  columns(instruments: readonly Instrument[], known: KnownOfColumns = {}): SignalColumns {
    const evaluators = this.drafts.map(({ universe, expressions }) =>
      createEvaluator({ expressions, instruments, ...known, ...(universe === undefined ? {} : { universe }) }),
    );
    let block: Block | undefined;
    let values: (readonly Float64Array[])[] = [];
    return {
      advance: (stretch, decided) => {
        block = stretch.block;
        for (const evaluator of evaluators) {
          evaluator.evaluate(stretch.block);
          if (evaluator.waits) completeDecided(evaluator, stretch, decided);
        }
        values = evaluators.map((evaluator) => evaluator.columns);
      },
      values: (owner) => values[owner]!,
      columns: ({ owner, places }) => {
        const all = values[owner]!;
        return blockColumns(
          block!,
          places.map((place) => all[place]!),
        );
      },
      member: ({ owner }) => evaluators[owner]!.member,
    };
  }

  /** Values at single instants, by owner; undefined where some depend on more. */
  instants({ bars: market, complete, most }: InstantTerms): readonly InstantValues[] | undefined {
    const values = this.drafts.map(({ expressions, universe }) =>
      createInstantValues({ expressions, universe, bars: market, complete, most }),
    );
    return values.every((each) => each !== undefined) ? values : undefined;
  }

  private placeOf({ same, places, expressions }: Draft, expression: Expr): number {
    const known = same.get(expression) ?? places.get(expression.key);
    if (known !== undefined) return known;
    same.set(expression, expressions.length);
    places.set(expression.key, expressions.length);
    expressions.push(expression);
    this.size++;
    return expressions.length - 1;
  }
}

export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, k) => name === b[k]));
}

function completeDecided(evaluator: Evaluator, { bounds, instants }: Stretch, decided: Uint8Array): void {
  for (let t = 0; t < instants; t++) if (decided[t] === 1) evaluator.completeInstant(bounds[t]!, bounds[t + 1]!);
}

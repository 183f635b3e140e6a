/** The signals of many sets over one stretch of the market: every distinct expression is evaluated once. */
import type { RowColumns, Sizer } from '../engine/index.ts';
import { bars, createEvaluator, type Evaluator, type Expr } from '../indicators/index.ts';
import type { Block, Instrument } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';

/** What one set looks at: the strategy's own signals by name, those its sizing asks for, and its universe. */
export type SetSignals = {
  readonly names: readonly string[];
  readonly expressions: readonly Expr[];
  readonly universe: Expr | undefined;
};

export function signalsOf(strategy: Strategy, params: ParamSet, sizer: Sizer): SetSignals {
  const own = strategy.signals?.(bars, params) ?? {};
  return {
    names: Object.keys(own),
    expressions: [...Object.values(own), ...sizer.signals],
    universe: strategy.universe?.(bars, params),
  };
}

export interface SignalColumns {
  /** Evaluates the stretch; cross-sections only at the instants decided on. */
  advance(stretch: Stretch, decided: Uint8Array): void;
  /** Columns of set s over the stretch, its own signals first. */
  columns(set: number): RowColumns;
  /** 1 where the row's instrument belongs to the universe of set s. */
  member(set: number): Uint8Array;
}

/** One evaluator for each universe: cross-sections depend on who takes part. */
type Shared = { readonly evaluator: Evaluator; readonly expressions: readonly Expr[] };

export function createSignalColumns(sets: readonly SetSignals[], instruments: readonly Instrument[]): SignalColumns {
  const drafts = new Map<
    string,
    { readonly universe: Expr | undefined; readonly places: Map<string, number>; readonly expressions: Expr[] }
  >();
  const places = sets.map((set) => {
    const key = set.universe?.key ?? '';
    const draft = drafts.get(key) ?? { universe: set.universe, places: new Map<string, number>(), expressions: [] };
    drafts.set(key, draft);
    return set.expressions.map((expression) => {
      const known = draft.places.get(expression.key);
      if (known !== undefined) return known;
      draft.places.set(expression.key, draft.expressions.length);
      draft.expressions.push(expression);
      return draft.expressions.length - 1;
    });
  });
  const shared = new Map<string, Shared>(
    [...drafts].map(([key, { universe, expressions }]) => [
      key,
      {
        expressions,
        evaluator: createEvaluator({ expressions, instruments, ...(universe === undefined ? {} : { universe }) }),
      },
    ]),
  );
  const owner = sets.map((set) => shared.get(set.universe?.key ?? '')!);
  let block: Block | undefined;
  return {
    advance: (stretch, decided) => {
      block = stretch.block;
      for (const { evaluator } of shared.values()) {
        evaluator.evaluate(stretch.block);
        if (evaluator.hasSections) completeSections(evaluator, stretch, decided);
      }
    },
    columns: (s) => {
      const { at, open, high, low, close, volume } = block!;
      const all = owner[s]!.evaluator.columns;
      return { at, open, high, low, close, volume, signals: places[s]!.map((place) => all[place]!) };
    },
    member: (s) => owner[s]!.evaluator.member,
  };
}

function completeSections(evaluator: Evaluator, { bounds, instants }: Stretch, decided: Uint8Array): void {
  for (let t = 0; t < instants; t++) if (decided[t] === 1) evaluator.completeInstant(bounds[t]!, bounds[t + 1]!);
}

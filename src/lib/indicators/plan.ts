/** The plan of a set of expressions: every distinct node once, inputs before their users. */
import { SigmaError } from '../core/index.ts';
import type { Timeframe } from '../model/index.ts';
import type { CrossOperation, Expr, Field } from './expression.ts';
import type { Kernel } from './kernel.ts';

/** Nodes refer to their inputs by position in the plan. */
export type PlanNode =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'kernel'; readonly kernel: Kernel; readonly inputs: readonly number[] }
  /** `outputs[output]` of the plan kept for that longer timeframe. */
  | { readonly kind: 'timeframe'; readonly timeframe: Timeframe; readonly output: number }
  | { readonly kind: 'instrument'; readonly symbol: string; readonly input: number }
  | { readonly kind: 'cross'; readonly operation: CrossOperation; readonly input: number };

export type Plan = {
  readonly nodes: readonly PlanNode[];
  /** Position of each asked expression. */
  readonly outputs: readonly number[];
  /** One plan for each longer timeframe. */
  readonly longer: ReadonlyMap<Timeframe, Plan>;
};

/** It needs no more than rows of the instrument's own bars. */
export function isAlone({ nodes }: Plan): boolean {
  return nodes.every(({ kind }) => kind === 'field' || kind === 'constant' || kind === 'kernel');
}

/** @throws SigmaError strategy/load-failed when an expression on a longer timeframe looks at other instruments or timeframes. */
export function planOf(expressions: readonly Expr[]): Plan {
  const draft = createDraft(false);
  const outputs = expressions.map(draft.add);
  return draft.finish(outputs);
}

type Draft = { readonly add: (e: Expr) => number; readonly finish: (outputs: readonly number[]) => Plan };

function createDraft(inner: boolean): Draft {
  const nodes: PlanNode[] = [];
  const known = new Map<string, number>();
  const longer = new Map<Timeframe, { draft: Draft; outputs: number[] }>();

  const add = (expression: Expr): number => {
    const found = known.get(expression.key);
    if (found !== undefined) return found;
    const node = nodeOf(expression);
    nodes.push(node);
    known.set(expression.key, nodes.length - 1);
    return nodes.length - 1;
  };

  const nodeOf = (e: Expr): PlanNode => {
    if (e.kind === 'field') return { kind: 'field', field: e.field };
    if (e.kind === 'constant') return { kind: 'constant', value: e.value };
    if (e.kind === 'kernel') return { kind: 'kernel', kernel: e.kernel, inputs: e.inputs.map(add) };
    if (inner) {
      throw new SigmaError('strategy/load-failed', `${e.key} stands inside on(…)`, {
        hint: 'put on(timeframe, …) innermost: of(symbol, on(timeframe, x)), crossRank(on(timeframe, x))',
      });
    }
    if (e.kind === 'instrument') return { kind: 'instrument', symbol: e.symbol, input: add(e.of) };
    if (e.kind === 'cross') return { kind: 'cross', operation: e.operation, input: add(e.of) };
    const plan = longer.get(e.timeframe) ?? { draft: createDraft(true), outputs: [] };
    longer.set(e.timeframe, plan);
    plan.outputs.push(plan.draft.add(e.of));
    return { kind: 'timeframe', timeframe: e.timeframe, output: plan.outputs.length - 1 };
  };

  return {
    add,
    finish: (outputs) => ({
      nodes,
      outputs,
      longer: new Map([...longer].map(([timeframe, { draft, outputs: asked }]) => [timeframe, draft.finish(asked)])),
    }),
  };
}

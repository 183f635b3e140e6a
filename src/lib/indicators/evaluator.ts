/** Evaluates expressions over blocks of the market: kernels scan along each instrument's run, cross-sections walk the instants. The size of the blocks never changes a bit of the result. */
import { invariant, SigmaError, unreachable } from '../core/index.ts';
import { type BarColumns, type Block, type Instrument, instantEnd, type Timeframe } from '../model/index.ts';
import { type Aggregator, createAggregator } from './aggregate.ts';
import { createCrossSection } from './cross-section.ts';
import type { Expr, Field } from './expression.ts';
import type { Scan } from './kernel.ts';
import { inputsOf, Picks } from './picks.ts';
import { type Plan, type PlanNode, planOf } from './plan.ts';

export interface Evaluator {
  /**
   * Advances all signals by a block; afterwards `columns` and `member` hold its rows. Cross-sections that no other
   * signal builds on are left NaN until `completeInstant` asks for them: most instants are never decided on.
   */
  evaluate(block: Block): void;
  /** Computes what was left for rows order[from..to) of the block: one instant. */
  completeInstant(from: number, to: number): void;
  /** True when something is left to it. */
  readonly waits: boolean;
  /** As `completeInstant` for every instant of the block. */
  completeAll(): void;
  /** Values by row of the last block, in the order of the expressions; longer than the block where memory is reused. */
  readonly columns: readonly Float64Array[];
  /** 1 where the row's instrument belongs to the universe. */
  readonly member: Uint8Array;
}

export type EvaluatorOptions = {
  readonly expressions: readonly Expr[];
  /** Instruments belong to the universe while it is above 0; all do when it is left out. */
  readonly universe?: Expr;
  /** Columns are read at completed instants alone: what can be found there is left to `completeInstant`, and rows of other instants may hold anything. */
  readonly sparse?: boolean;
  /** Fields that are known to have a finite value in every row. */
  readonly complete?: readonly Field[];
  /** Where values of the k-th expression are put, long enough for any block; undefined for memory of the evaluator's own. */
  readonly into?: (k: number) => Float64Array | undefined;
  readonly instruments: readonly Instrument[];
};

/** @throws SigmaError usage/unknown-instrument when an expression names an instrument that is not there. */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const { instruments, universe, sparse = false, complete = [], into } = options;
  const symbols = instruments.map((i) => i.symbol);
  const everyone = { rows: new Uint8Array(0) };
  const members = { rows: new Uint8Array(0) };
  const rule =
    universe === undefined
      ? undefined
      : createGraph(planOf([universe]), { symbols, member: everyone, sparse: false, complete });
  const member = universe === undefined ? everyone : members;
  const graph = createGraph(planOf(options.expressions), { symbols, member, sparse, complete, into });
  return {
    evaluate: (block) => {
      if (everyone.rows.length < block.rows) {
        everyone.rows = new Uint8Array(block.rows).fill(1);
        members.rows = new Uint8Array(block.rows);
      }
      if (rule !== undefined) {
        rule.evaluate(block);
        rule.completeAll();
        const value = rule.outputs()[0]!;
        for (let r = 0; r < block.rows; r++) members.rows[r] = value[r]! > 0 ? 1 : 0;
      }
      graph.evaluate(block);
    },
    completeInstant: graph.completeInstant,
    completeAll: graph.completeAll,
    waits: graph.waits,
    get columns() {
      return graph.outputs();
    },
    get member() {
      return member.rows;
    },
  };
}

type Graph = {
  readonly evaluate: (block: Block) => void;
  readonly completeInstant: (from: number, to: number) => void;
  readonly completeAll: () => void;
  readonly waits: boolean;
  readonly outputs: () => readonly Float64Array[];
};

type GraphTerms = {
  readonly symbols: readonly string[];
  readonly member: { readonly rows: Uint8Array };
  readonly sparse: boolean;
  readonly complete: readonly Field[];
  readonly into?: EvaluatorOptions['into'] | undefined;
};

function createGraph(plan: Plan, { symbols, member, sparse, complete, into }: GraphTerms): Graph {
  const longer = [...plan.longer].map(([timeframe, inner]) => createLongerGraph(timeframe, inner, symbols));
  const graphOf = new Map([...plan.longer.keys()].map((timeframe, k) => [timeframe, longer[k]!]));
  const section = createCrossSection(symbols.length);
  const runs = plan.nodes.map((node) => createRun(node, symbols));
  const values: Float64Array[] = plan.nodes.map(() => new Float64Array(0));
  const users = usersOf(plan);
  const terminal = [...plan.nodes.keys()].filter((k) => plan.nodes[k]!.kind === 'cross' && users[k]!.length === 0);
  const isLate = (k: number): boolean =>
    users[k]!.every((user) => terminal.includes(user)) && (sparse || !plan.outputs.includes(k));
  const picks = new Picks(plan, isLate, complete);
  let current: Block | undefined;
  let capacity = 0;

  const grow = (rows: number): void => {
    capacity = Math.max(rows, 2 * capacity);
    const given = new Map(plan.outputs.map((node, k) => [node, into?.(k)]));
    plan.nodes.forEach((node, k) => {
      if (node.kind === 'field') return;
      const column = given.get(k) ?? new Float64Array(capacity);
      values[k] = column.fill(node.kind === 'constant' ? node.value : Number.NaN, 0, capacity);
    });
  };

  const evaluateNode = (node: PlanNode, k: number, block: Block): void => {
    switch (node.kind) {
      case 'field':
        values[k] = block[node.field];
        return;
      case 'constant':
        return;
      case 'kernel': {
        const inputs = node.inputs.map((j) => values[j]!);
        const scans = runs[k]!.scans();
        for (let i = 0; i < scans.length; i++) scans[i]!(inputs, values[k]!, block.starts[i]!, block.starts[i + 1]!);
        return;
      }
      case 'timeframe':
        graphOf.get(node.timeframe)!.expand(node.output, block, values[k]!, runs[k]!.last);
        return;
      case 'instrument':
        seenByAll(values[node.input]!, values[k]!, block, runs[k]!.target, runs[k]!.last);
        return;
      case 'cross':
        if (!sparse) values[k]!.fill(Number.NaN, 0, block.rows);
        if (!terminal.includes(k)) forEachInstant(block, (from, to) => crossSection(node, k, block, from, to));
        return;
      default:
        unreachable(node);
    }
  };

  const crossSection = (node: CrossNode, k: number, block: Block, from: number, to: number): void =>
    section.apply(node.operation, values[node.input]!, values[k]!, block.order, from, to, member.rows);

  const completeInstant = (from: number, to: number): void => {
    if (current !== undefined) picks.find(values, current, from, to);
    for (const k of terminal) {
      const node = plan.nodes[k]!;
      if (node.kind === 'cross' && current !== undefined) crossSection(node, k, current, from, to);
    }
  };

  return {
    completeInstant,
    waits: terminal.length > 0 || picks.some,
    completeAll: () => {
      if (current !== undefined && (terminal.length > 0 || picks.some)) forEachInstant(current, completeInstant);
    },
    evaluate: (block) => {
      current = block;
      if (block.rows > capacity) grow(block.rows);
      picks.begin(block);
      for (const inner of longer) inner.advance(block);
      for (let k = 0; k < plan.nodes.length; k++) if (!picks.spared.has(k)) evaluateNode(plan.nodes[k]!, k, block);
    },
    outputs: () => plan.outputs.map((k) => values[k]!),
  };
}

/** What a node keeps between blocks: a scan, or the last value, for each instrument. */
type Run = { readonly scans: () => readonly Scan[]; readonly last: Float64Array; readonly target: number };

function createRun(node: PlanNode, symbols: readonly string[]): Run {
  const target = node.kind === 'instrument' ? symbols.indexOf(node.symbol) : -1;
  if (node.kind === 'instrument' && target < 0) {
    throw new SigmaError(
      'usage/unknown-instrument',
      `a signal looks at '${node.symbol}', which is not among the instruments of the run`,
      {
        hint: `the instruments are ${symbols.slice(0, 12).join(', ')}${symbols.length > 12 ? ', …' : ''}`,
      },
    );
  }
  let started: readonly Scan[] | undefined;
  return {
    scans: () => {
      started ??= node.kind === 'kernel' ? symbols.map(() => node.kernel.start()) : [];
      return started;
    },
    last: new Float64Array(symbols.length).fill(Number.NaN),
    target,
  };
}

type CrossNode = Extract<PlanNode, { kind: 'cross' }>;

/** By position, the nodes that take each as input. */
function usersOf({ nodes }: Plan): readonly (readonly number[])[] {
  const users = nodes.map((): number[] => []);
  nodes.forEach((node, k) => {
    for (const input of inputsOf(node)) users[input]!.push(k);
  });
  return users;
}

function forEachInstant(block: Block, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < block.rows; ) {
    const to = instantEnd(block, from);
    visit(from, to);
    from = to;
  }
}

/** Gives every row the target's latest value at its instant. */
function seenByAll(input: Float64Array, output: Float64Array, block: Block, target: number, last: Float64Array): void {
  const { order, at, starts, rows } = block;
  const end = starts[target + 1]!;
  let next = starts[target]!;
  let value = last[0]!;
  for (let k = 0; k < rows; k++) {
    const row = order[k]!;
    while (next < end && at[next]! <= at[row]!) value = input[next++]!;
    output[row] = value;
  }
  last[0] = value;
}

type LongerGraph = {
  readonly advance: (block: Block) => void;
  readonly expand: (output: number, block: Block, into: Float64Array, last: Float64Array) => void;
};

/** The same evaluation on longer bars; each base row then sees the last completed one. */
function createLongerGraph(timeframe: Timeframe, plan: Plan, symbols: readonly string[]): LongerGraph {
  const aggregators: readonly Aggregator[] = symbols.map(() => createAggregator(timeframe));
  const graph = createGraph(plan, { symbols, member: { rows: new Uint8Array(0) }, sparse: false, complete: [] });
  const starts = new Int32Array(symbols.length + 1);
  let known = new Int32Array(0);
  let columns = barColumns(0);
  let outputs: readonly Float64Array[] = [];
  return {
    advance: (block) => {
      const capacity = block.rows + symbols.length;
      if (known.length < capacity) {
        known = new Int32Array(2 * capacity);
        columns = barColumns(2 * capacity);
      }
      let rows = 0;
      for (let i = 0; i < symbols.length; i++) {
        starts[i] = rows;
        rows += aggregators[i]!.scan(block, block.at, block.starts[i]!, block.starts[i + 1]!, columns, rows, known);
      }
      starts[symbols.length] = rows;
      invariant(rows <= capacity, 'longer bars fit');
      // Longer bars are read run by run only: no cross-section can stand inside on(…), so instants are not needed.
      graph.evaluate({ ...columns, rows, starts, at: columns.time, instrument: known, order: known });
      outputs = graph.outputs();
    },
    expand: (output, block, into, last) => {
      const values = outputs[output]!;
      for (let i = 0; i < symbols.length; i++) {
        const before = starts[i]! - 1;
        const end = block.starts[i + 1]!;
        for (let r = block.starts[i]!; r < end; r++) {
          const count = known[r]!;
          into[r] = count > 0 ? values[before + count]! : last[i]!;
        }
        if (starts[i + 1]! > starts[i]!) last[i] = values[starts[i + 1]! - 1]!;
      }
    },
  };
}

function barColumns(capacity: number): BarColumns {
  const column = (): Float64Array => new Float64Array(capacity);
  return { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

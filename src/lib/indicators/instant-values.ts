/** Expressions whose values are found at single instants of a market that lies whole in memory, with a bar of every instrument at every instant: nothing is computed at any other. */
import type { BarColumns } from '../model/index.ts';
import { createCrossSection } from './cross-section.ts';
import type { Expr, Field } from './expression.ts';
import type { PastRows } from './kernel.ts';
import { originOf } from './origin.ts';
import { type Plan, type PlanNode, planOf } from './plan.ts';

export interface InstantValues {
  /** Finds the values at so many rows of all bars, `most` of them at once. */
  find(rows: Int32Array): void;
  /** In the order of the expressions: a value of each instrument at the first row, then at the second … */
  readonly columns: readonly Float64Array[];
  /** 1 where the instrument belongs to the universe. */
  readonly member: Uint8Array;
}

export type InstantOptions = {
  readonly expressions: readonly Expr[];
  /** Instruments belong to the universe while it is above 0; all do when it is left out. */
  readonly universe?: Expr | undefined;
  /** Bars of each instrument, with all times in common. */
  readonly bars: readonly BarColumns[];
  /** Fields that have a finite value in every row. */
  readonly complete: readonly Field[];
  readonly most: number;
};

/** Undefined where some value depends on more than its instant and rows a fixed number before it. */
export function createInstantValues(options: InstantOptions): InstantValues | undefined {
  const { expressions, universe, bars, most } = options;
  const everyone = new Uint8Array(bars.length * most).fill(1);
  const member = everyone.slice();
  const rule = universe === undefined ? undefined : graphOf(planOf([universe]), options, everyone);
  const graph = graphOf(planOf(expressions), options, member);
  if (graph === undefined || (universe !== undefined && rule === undefined)) return undefined;
  return {
    find: (rows) => {
      if (rule !== undefined) {
        rule.find(rows);
        const value = rule.columns[0]!;
        for (let k = 0; k < rows.length * bars.length; k++) member[k] = value[k]! > 0 ? 1 : 0;
      }
      graph.find(rows);
    },
    columns: graph.columns,
    member,
  };
}

type Graph = { readonly find: (rows: Int32Array) => void; readonly columns: readonly Float64Array[] };
type KernelNode = Extract<PlanNode, { kind: 'kernel' }>;

function graphOf(
  { nodes, outputs }: Plan,
  { bars, complete, most }: InstantOptions,
  member: Uint8Array,
): Graph | undefined {
  const width = bars.length;
  const column = (): Float64Array => new Float64Array(most * width);
  const order = Int32Array.from({ length: width }, (_, k) => k);
  const section = createCrossSection(width);
  const steps: ((rows: Int32Array) => void)[] = [];
  const gathers = new Map<Field, Gather>();

  /** A field some rows back. */
  const gather = (field: Field, before: number): Float64Array => {
    const known = gathers.get(field) ?? { columns: bars.map((each) => each[field]), before: [], into: [] };
    gathers.set(field, known);
    const place = known.before.indexOf(before);
    if (place >= 0) return known.into[place]!;
    known.before.push(before);
    known.into.push(column());
    return known.into.at(-1)!;
  };

  const pastOf = ({ rows, lags, combine }: PastRows, input: number): Float64Array | undefined => {
    const origin = originOf(nodes, input);
    const source = origin === undefined ? undefined : nodes[origin.field]!;
    if (origin === undefined || source?.kind !== 'field' || !complete.includes(source.field)) return undefined;
    const before = gather(source.field, origin.rows + rows);
    if (lags) return before;
    const now = gather(source.field, origin.rows);
    const values = column();
    steps.push(({ length }) => combine(now, before, values, length * width));
    return values;
  };

  const found = new Map<number, Float64Array | undefined>();
  /** The values of a node, by the instrument. */
  const valuesOf = (k: number): Float64Array | undefined => {
    if (!found.has(k)) found.set(k, make(nodes[k]!));
    return found.get(k);
  };

  const make = (node: PlanNode): Float64Array | undefined => {
    switch (node.kind) {
      case 'field':
        return gather(node.field, 0);
      case 'constant':
        return column().fill(node.value);
      case 'kernel':
        return node.kernel.past === undefined ? scanned(node) : pastOf(node.kernel.past, node.inputs[0]!);
      case 'cross': {
        const input = valuesOf(node.input);
        if (input === undefined) return undefined;
        const values = column();
        steps.push(({ length }) => {
          for (let at = 0; at < length * width; at += width) {
            const end = at + width;
            const output = values.subarray(at, end);
            section.apply(node.operation, input.subarray(at, end), output, order, 0, width, member.subarray(at, end));
          }
        });
        return values;
      }
      default:
        return undefined;
    }
  };

  const scanned = ({ kernel, inputs }: KernelNode): Float64Array | undefined => {
    const columns = inputs.map(valuesOf);
    if (!kernel.stateless || !columns.every((column) => column !== undefined)) return undefined;
    const values = column();
    const scan = kernel.start();
    steps.push(({ length }) => scan(columns, values, 0, length * width));
    return values;
  };

  const columns = outputs.map(valuesOf);
  if (!columns.every((column) => column !== undefined)) return undefined;
  return {
    columns,
    find: (rows) => {
      for (const each of gathers.values()) gatherRows(each, rows);
      for (const step of steps) step(rows);
    },
  };
}

/** A field of each instrument, numbers of rows before, and where the values found there go. */
type Gather = { readonly columns: readonly Float64Array[]; readonly before: number[]; readonly into: Float64Array[] };

/** Columns in turn: rows of one lie near each other in memory, those of an instant do not. Of four at a time, memory answers while the next are asked for. */
function gatherRows({ columns, before, into }: Gather, rows: Int32Array): void {
  const width = columns.length;
  for (let i = 0; i < width; i += 4)
    for (let j = 0; j < into.length; j++)
      if (i + 4 <= width) gatherFour(columns, i, rows, before[j]!, into[j]!);
      else for (let one = i; one < width; one++) gatherOne(columns[one]!, rows, before[j]!, into[j]!, one, width);
}

function gatherOne(
  values: Float64Array,
  rows: Int32Array,
  before: number,
  into: Float64Array,
  from: number,
  width: number,
): void {
  for (let d = 0, k = from; d < rows.length; d++, k += width) {
    const at = rows[d]! - before;
    into[k] = at < 0 ? Number.NaN : values[at]!;
  }
}

function gatherFour(
  columns: readonly Float64Array[],
  i: number,
  rows: Int32Array,
  before: number,
  into: Float64Array,
): void {
  const [a, b, c, d] = [columns[i]!, columns[i + 1]!, columns[i + 2]!, columns[i + 3]!];
  const width = columns.length;
  for (let r = 0, k = i; r < rows.length; r++, k += width) {
    const at = rows[r]! - before;
    if (at < 0) into.fill(Number.NaN, k, k + 4);
    else {
      into[k] = a[at]!;
      into[k + 1] = b[at]!;
      into[k + 2] = c[at]!;
      into[k + 3] = d[at]!;
    }
  }
}

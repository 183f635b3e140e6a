/** The trials of a study in the ledger, batch by batch as they are evaluated. */
import { type Dimension, type Point, type SearchSpace, valueAt } from '../optimize/index.ts';
import {
  type LedgerSubject,
  type TrialBook,
  type TrialColumn,
  type TrialLedger,
  trialKeysOf,
} from '../registry/index.ts';
import type { TrialEvidence } from '../report/index.ts';
import { ruleOf } from '../runs/index.ts';
import type { SweepResult } from '../sweep/index.ts';

export interface StudyLedger {
  record(points: readonly Point[], result: SweepResult): void;
  evidence(periodsPerYear: number): TrialEvidence;
  close(): Promise<void>;
}

export function openStudyLedger(ledger: TrialLedger, subject: LedgerSubject, space: SearchSpace): StudyLedger {
  const book: TrialBook = ledger.open(subject);
  return {
    record: (points, { figures }) =>
      book.record({
        keys: trialKeysOf(ruleOf(subject), columnsAt(space, points), points.length),
        sharpes: figures.sharpe.slice(0, points.length),
        periods: figures.periods.slice(0, points.length),
      }),
    evidence: (periodsPerYear) => {
      const { count, annualSharpeVariance } = book.evidence();
      return { count, sharpeVariance: annualSharpeVariance / periodsPerYear };
    },
    close: book.close,
  };
}

/** The parameters at many points, as `paramsAt` has them at each. */
function columnsAt({ dimensions, fixed }: SearchSpace, points: readonly Point[]): readonly TrialColumn[] {
  const searched = new Set(dimensions.map(({ name }) => name));
  const held = Object.entries(fixed).filter(([name]) => !searched.has(name));
  return [...held.map(([name, value]) => ({ name, value })), ...dimensions.map((one, d) => columnOf(one, points, d))];
}

function columnOf(dimension: Dimension, points: readonly Point[], d: number): TrialColumn {
  const { name } = dimension;
  if (dimension.kind === 'list') return { name, values: points.map((point) => valueAt(dimension, point[d]!)) };
  const values = new Float64Array(points.length);
  for (let t = 0; t < values.length; t++) values[t] = points[t]![d]!;
  return { name, values };
}

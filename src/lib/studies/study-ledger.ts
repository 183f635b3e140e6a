/** The trials of a study in the ledger, batch by batch as they are evaluated. */
import { type Point, paramsAt, type SearchSpace } from '../optimize/index.ts';
import type { LedgerSubject, TrialBook, TrialLedger } from '../registry/index.ts';
import type { TrialEvidence } from '../report/index.ts';
import { keysOf } from '../runs/index.ts';
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
        keys: keysOf(
          subject,
          points.map((point) => paramsAt(space, point)),
        ),
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

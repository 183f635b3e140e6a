/** What a check of bars found. */

/** Kinds in the order of a report; `penalty` is how much a row of the kind weighs in the score. */
export const issueKinds = {
  'not-a-time': { severity: 'error', penalty: 1, means: 'The time is missing or infinite.' },
  'out-of-order': { severity: 'error', penalty: 1, means: 'The time lies before that of an earlier row.' },
  duplicate: { severity: 'error', penalty: 1, means: 'The time is that of an earlier row.' },
  missing: { severity: 'error', penalty: 1, means: 'A price is missing or infinite.' },
  'not-positive': { severity: 'error', penalty: 1, means: 'A price is zero or negative.' },
  'high-below-low': { severity: 'error', penalty: 1, means: 'The high is below the low.' },
  'outside-range': { severity: 'error', penalty: 1, means: 'The open or the close lies outside of low to high.' },
  'negative-volume': { severity: 'error', penalty: 1, means: 'The volume is negative.' },
  spike: { severity: 'warning', penalty: 0.5, means: 'An extreme move that the next bar takes back.' },
  gap: { severity: 'warning', penalty: 1, means: 'Bars are missing before this row; each missing bar counts.' },
  outlier: { severity: 'warning', penalty: 0.1, means: 'An extreme return that stayed.' },
  stale: { severity: 'warning', penalty: 0.1, means: 'The close has not moved for a long run; each bar of it counts.' },
  'zero-volume': { severity: 'notice', penalty: 0.02, means: 'Nothing was traded.' },
  'off-calendar': { severity: 'notice', penalty: 0.02, means: 'The bar lies outside of the sessions.' },
} as const;

export type IssueKind = keyof typeof issueKinds;
export type Severity = (typeof issueKinds)[IssueKind]['severity'];

export type QualityIssue = {
  readonly kind: IssueKind;
  readonly severity: Severity;
  /** Row of the input; for a gap and a stale run the row that ends it. */
  readonly row: number;
  readonly time: number;
  /** What was found, in words. */
  readonly found: string;
  /** Rows or missing bars that it stands for. */
  readonly count: number;
};

export type QualityReport = {
  readonly symbol: string;
  readonly rows: number;
  /** Bars that the calendar and the timeframe expect from the first to the last time. */
  readonly expected: number;
  /** 0 to 100; see `qualityScore`. NaN without rows. */
  readonly score: number;
  /** Rows (or missing bars) of each kind found; kinds that were not found are left out. */
  readonly totals: Readonly<Partial<Record<IssueKind, number>>>;
  /** In order of rows. */
  readonly issues: readonly QualityIssue[];
};

/**
 * 100 x max(0, 1 - sqrt(weighted share)), where the weighted share is the sum over kinds of penalty x count, over the bars expected.
 * The square root makes the first faults cost most: one bad row in 10,000 leaves 99, one in 100 leaves 90, one in four 50.
 */
export function qualityScore(totals: QualityReport['totals'], expected: number): number {
  let weighted = 0;
  for (const kind of Object.keys(issueKinds) as IssueKind[]) weighted += issueKinds[kind].penalty * (totals[kind] ?? 0);
  return expected === 0 ? Number.NaN : 100 * Math.max(0, 1 - Math.sqrt(weighted / expected));
}

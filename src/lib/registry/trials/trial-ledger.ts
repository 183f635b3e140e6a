/** The port of the trial ledger: how often a strategy family was tried on a data set, by whatever command. */

/** What a trial was of. A family is a strategy under any name it had and any code it had; so is a data set under name and content. */
export type LedgerSubject = {
  readonly strategy: string;
  /** Hash of the strategy's code without its name: a renamed copy stays in the family. */
  readonly lineage: string;
  /** Name of the data set; empty for bars that have none. */
  readonly data: string;
  readonly contentHash: string;
  /** Hash of what else makes it another rule: instruments, timeframe, sizing, risk limits, account. */
  readonly variant: string;
};

export type LedgerTrials = {
  /** Two words a trial: the low and the high half of its key. */
  readonly keys: Uint32Array;
  /** Annual Sharpe ratios; NaN where undefined or where the set failed. */
  readonly sharpes: Float64Array;
  /** Returns each was measured on. */
  readonly periods: Float64Array;
};

export type LedgerEvidence = {
  /** Distinct parameter sets. */
  readonly count: number;
  /** Of their annual Sharpe ratios, each as measured on most periods; NaN under two. */
  readonly annualSharpeVariance: number;
};

/** The trials of one family on one data set. */
export interface TrialBook {
  /** @throws SigmaError store/write-failed */
  record(trials: LedgerTrials): void;
  /** With everything recorded so far. */
  evidence(): LedgerEvidence;
  /** Waits until the trials are on the disk. @throws SigmaError store/write-failed */
  close(): Promise<void>;
}

export interface TrialLedger {
  /** @throws SigmaError store/write-failed */
  open(subject: LedgerSubject): TrialBook;
  /** Without recording anything. */
  evidence(subject: LedgerSubject): LedgerEvidence;
}

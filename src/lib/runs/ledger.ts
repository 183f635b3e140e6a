/** What a run or a sweep is a trial of, for the ledger. */
import { hashJson, type Json } from '../core/index.ts';
import type { RunConfig } from '../engine/index.ts';
import type { LedgerEvidence, LedgerSubject, LedgerTrials, TrialLedger } from '../registry/index.ts';
import { type RunDecision, trialKeys } from '../registry/index.ts';
import type { UsedArtifacts } from './artifacts.ts';
import type { StrategySource } from './strategy-source.ts';

/**
 * The family is the strategy's name and its code without that name: edited code under one name and renamed code stay in it.
 * Instruments, timeframe, artifacts, sizing, risk limits, account and fill moment make another rule; dates, fees and cash measure the same rule again.
 */
export function ledgerSubject(
  source: StrategySource,
  decision: Pick<RunDecision, 'data'> & { readonly artifacts?: UsedArtifacts | undefined },
  config: RunConfig,
): LedgerSubject {
  const { artifacts, data } = decision;
  return {
    strategy: source.strategy.name,
    lineage: source.lineage,
    data: data.name === 'memory' ? '' : data.name,
    contentHash: data.contentHash,
    variant: variantOf({ symbols: [...data.symbols].sort(), timeframe: data.timeframe, config, artifacts }),
  };
}

/** What the ledger's keys of a subject begin with. */
export function ruleOf({ lineage, variant }: LedgerSubject): string {
  return `${lineage} ${variant}`;
}

/** Records one run. @throws SigmaError store/write-failed */
export async function recordRun(
  ledger: TrialLedger,
  subject: LedgerSubject,
  params: Parameters<typeof trialKeys>[1][number],
  metrics: Readonly<Record<string, number>>,
): Promise<LedgerEvidence> {
  const book = ledger.open(subject);
  try {
    const trial: LedgerTrials = {
      keys: trialKeys(ruleOf(subject), [params]),
      sharpes: Float64Array.of(metrics['sharpe'] ?? Number.NaN),
      periods: Float64Array.of(metrics['periods'] ?? 0),
    };
    book.record(trial);
    return book.evidence();
  } finally {
    await book.close();
  }
}

type Variant = {
  readonly artifacts: UsedArtifacts | undefined;
  readonly symbols: readonly string[];
  readonly timeframe: string;
  readonly config: RunConfig;
};

function variantOf({ symbols, timeframe, config, artifacts }: Variant): string {
  const { account, sizing, risk, execution } = config;
  const rule: Json = {
    symbols,
    timeframe,
    account: { kind: account.kind, leverage: account.leverage },
    sizing,
    risk,
    fill: execution.fill,
    ...(artifacts === undefined ? {} : { artifacts }),
  };
  return hashJson(rule).slice(0, 16);
}

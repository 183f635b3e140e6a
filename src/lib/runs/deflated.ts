/** Runs as they look beside all trials of their family: figures that depend on how often was tried come from the ledger of today. */
import { deflatedFigures } from '../metrics/index.ts';
import type {
  LedgerEvidence,
  LedgerSubject,
  RunManifest,
  RunStore,
  RunSummary,
  TrialLedger,
} from '../registry/index.ts';

type Metrics = Readonly<Record<string, number>>;

/** `dsr`, `expectedMaxSharpe`, `trials` and `minBacktestLength` anew; all others as they were measured. */
export function deflatedMetrics(metrics: Metrics, { count, annualSharpeVariance }: LedgerEvidence): Metrics {
  const of = (key: string): number => metrics[key] ?? Number.NaN;
  const periodsPerYear = of('periodsPerYear');
  if (count < 2 || !(periodsPerYear > 0)) return metrics;
  const figures = {
    sharpe: of('sharpe'),
    skewness: of('skewness'),
    excessKurtosis: of('excessKurtosis'),
    periods: of('periods'),
  };
  return {
    ...metrics,
    ...deflatedFigures(figures, periodsPerYear, { count, sharpeVariance: annualSharpeVariance / periodsPerYear }),
  };
}

/**
 * A store that gives out its runs deflated, so that no reader meets a Sharpe ratio without what the family's trials make of it.
 * What is stored stays as it was measured: a run made again must equal it, however often was tried since.
 */
export function deflatedRuns(store: RunStore, ledger: TrialLedger): RunStore {
  const deflate = <T extends RunSummary>(run: T, evidence: LedgerEvidence): T => ({
    ...run,
    metrics: deflatedMetrics(run.metrics, evidence),
  });
  return {
    ...store,
    list: async (onProblem) => {
      const known = new Map<string, LedgerEvidence>();
      return (await store.list(onProblem)).map((run) => {
        const { strategy, data } = run.manifest;
        const key = `${strategy.name}\n${data.name}\n${data.contentHash}`;
        const evidence = known.get(key) ?? ledger.evidence(subjectOf(run.manifest));
        known.set(key, evidence);
        return deflate(run, evidence);
      });
    },
    load: async (id) => {
      const run = await store.load(id);
      return deflate(run, ledger.evidence(subjectOf(run.manifest)));
    },
  };
}

/** Enough of it to find the books of a stored run: its strategy by name, its data by name or content. */
function subjectOf({ strategy, data }: RunManifest): LedgerSubject {
  return {
    strategy: strategy.name,
    lineage: '',
    data: data.name === 'memory' ? '' : data.name,
    contentHash: data.contentHash,
    variant: '',
  };
}

/** What every step of the research needs from outside: bars, a place for artifacts, the ledger of what was tried. */
import type { ArtifactStore, TrialLedger } from '../registry/index.ts';
import type { Markets } from '../runs/index.ts';

export type LabContext = {
  readonly markets: Markets;
  readonly store: ArtifactStore;
  /** Counts every cluster that is tested; only what is no trial leaves it undefined. */
  readonly ledger?: TrialLedger;
  /** The command that asks, for the registry's own records. */
  readonly source: string;
  /** Told which step begins. */
  readonly onStage?: (stage: string) => void;
};

/** What research makes of a panel before it looks at events: features, clusters, alerts. The truth stays shut. */
import { type FeatureModel, type FeatureSpec, fitFeatures, type Panel } from '../../features/index.ts';
import { type Matrix, matrix } from '../../learning/index.ts';
import type { AlertTable } from '../alerts/alert-table.ts';
import { assignAlerts } from '../discover/assign.ts';
import { type Candidates, findCandidates } from '../discover/candidates.ts';
import type { Clusters } from '../discover/clusters.ts';
import { discover } from '../discover/discover.ts';
import type { EventTable } from '../events/event-table.ts';
import { type DaySplit, splitDays, tradingDays } from '../splits/split-days.ts';
import { type Validation, validate } from '../validate/validate.ts';
import { experimentSpec, tightBudget } from './setting.ts';

export type Mined = {
  readonly panel: Panel;
  readonly split: DaySplit;
  readonly specification: FeatureSpec;
  readonly model: FeatureModel;
  readonly clusters: Clusters;
  /** Candidates of the days of discovery, then those of validation. */
  readonly candidates: Candidates;
  /** Their alerts. */
  readonly alerts: AlertTable;
};

/** @param split half of the days for discovery and one day of embargo by default */
export function mine(panel: Panel, split: DaySplit = splitDays(tradingDays(panel))): Mined {
  const chosen = experimentSpec();
  const specification = { ...chosen, session: { ...chosen.session, slots: panel.slots } };
  const model = fitFeatures(specification, panel, split.discovery);
  const { clusters, candidates: found } = discover(model, panel);
  const candidates = joined(found, findCandidates(model, panel, split.validation));
  const alerts = assignAlerts(clusters, candidates);
  return { panel, split, specification, model, clusters, candidates, alerts };
}

function joined(a: Candidates, b: Candidates): Candidates {
  const rows = a.row.length + b.row.length;
  return {
    series: Int32Array.of(...a.series, ...b.series),
    row: Int32Array.of(...a.row, ...b.row),
    peak: Int32Array.of(...a.peak, ...b.peak),
    at: Float64Array.of(...a.at, ...b.at),
    surprise: Float64Array.of(...a.surprise, ...b.surprise),
    vectors: stacked(rows, a.vectors, b.vectors),
  };
}

function stacked(rows: number, a: Matrix, b: Matrix): Matrix {
  const both = matrix(rows, a.columns);
  both.values.set(a.values);
  both.values.set(b.values, a.values.length);
  return both;
}

/** Puts what was mined to the test of the events. */
export function judge({ panel, split, clusters, alerts }: Mined, events: EventTable, seed: number): Validation {
  return validate(alerts, events, panel, {
    clusters: clusters.radius.length,
    discovery: split.discovery,
    validation: split.validation,
    budget: { perDay: tightBudget, calibration: split.calibration },
    seed,
  });
}

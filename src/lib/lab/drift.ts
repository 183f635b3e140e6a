/** Drift: whether what a precursor promised still holds on later days. */
import { SigmaError } from '../core/index.ts';
import type { DayRange } from '../features/index.ts';
import { DAY, formatTime } from '../model/index.ts';
import { type ArtifactStore, rollBack, type StoredArtifact } from '../registry/index.ts';
import type { DriftView } from '../report/index.ts';
import {
  alertOutcomes,
  alertTable,
  type DatedAlert,
  driftReport,
  eventTable,
  type LabelledEvent,
  type PlacedAlert,
  regimeNames,
  scorePanel,
  stressRegimes,
  tradingDays,
} from '../research/index.ts';
import { openArtifact } from './artifact.ts';
import type { LabContext } from './context.ts';
import { requestOf } from './dataset.ts';
import { eventPlaces } from './event-rule.ts';
import { type MarketPanel, openPanel } from './market-panel.ts';
import { openPrecursor } from './precursor.ts';
import type { DatasetTerms } from './terms.ts';

export type DriftRequest = {
  readonly precursor: string;
  /** Data to look at; those that it was made from when left out. */
  readonly data?: string;
  /** Days looked at, as far as the data has them; those after its validation when left out. */
  readonly days?: DayRange;
  /** Events of those days, for a precursor of events that somebody dated. */
  readonly given?: readonly LabelledEvent[];
};

/** What its page shows, and no more. */
export type Drift = DriftView;

/**
 * Scores the days as a session would have, resolves its alerts by the rule that the precursor was mined with, and compares with what it promised.
 * @throws SigmaError usage/unknown-artifact, usage/empty-range when there is no day to look at
 */
export async function measureDrift(request: DriftRequest, context: LabContext): Promise<Drift> {
  const { artifact, precursor } = await openPrecursor(request.precursor, context);
  const { features, data, terms } = requestOf(await datasetOf(artifact, context.store));
  if (terms.rule.kind === 'given' && request.given === undefined)
    throw new SigmaError('usage/bad-option', `its events were dated by ${terms.rule.name}`, {
      where: request.precursor,
      hint: 'name those of the days to look at with --events',
    });
  context.onStage?.('reading bars');
  const market = await openPanel(context.markets, features, {
    ...data,
    data: request.data ?? data.data,
    range: { from: data.range.from, to: Number.POSITIVE_INFINITY },
  });
  const days = request.days === undefined ? laterDays(market, artifact) : daysWithin(market, request.days);
  context.onStage?.('scoring');
  const { alerts, counts } = scorePanel(precursor, market.panel, days);
  const resolved = resolvedAlerts(market, terms, {
    alerts,
    days,
    trained: precursor.fitted.discovery,
    given: request.given,
  });
  return {
    hash: artifact.hash,
    data: market.input.name,
    synthetic: market.input.synthetic === true,
    counts,
    report: driftReport(precursor, { panel: market.panel, days, alerts: resolved }),
  };
}

/** @throws SigmaError usage/bad-option for what names an artifact without being an alias: it cannot be rolled back */
export async function requireAlias(store: ArtifactStore, reference: string): Promise<void> {
  if ((await store.aliases()).some(({ name, alias }) => `${name}@${alias}` === reference)) return;
  throw new SigmaError('usage/bad-option', `${reference} is no alias that could be rolled back`, {
    where: '--demote',
    hint: 'name the precursor as name@alias, for example precursors@production',
  });
}

/**
 * Rolls the alias back from what was measured; undefined where it has nothing to go back to. What somebody promoted meanwhile stays.
 * @throws SigmaError store/moved when it stands elsewhere by now
 */
export function demote({ hash }: Pick<Drift, 'hash'>, alias: string, store: ArtifactStore) {
  return rollBack(store, alias, { note: 'sigma drift', expected: hash });
}

/** The data set at the root of its lineage. */
async function datasetOf(precursor: StoredArtifact, store: ArtifactStore): Promise<StoredArtifact> {
  const validation = await openArtifact(store, precursor.manifest.parents['validation'] ?? '', 'validation');
  const discovery = await openArtifact(store, validation.manifest.parents['discovery'] ?? '', 'discovery');
  return openArtifact(store, discovery.manifest.parents['dataset'] ?? '', 'dataset');
}

/** Days after those that it was validated on. @throws SigmaError usage/empty-range */
function laterDays({ panel, input }: MarketPanel, { manifest }: StoredArtifact): DayRange {
  const seen = Date.parse(manifest.splits['validation']?.to ?? '') / DAY;
  const last = tradingDays(panel).at(-1)!;
  if (last >= seen) return { from: seen, to: last + 1 };
  throw new SigmaError('usage/empty-range', `${input.name} has no day after those of the validation`, {
    where: `${manifest.name}: ${manifest.splits['validation']?.to ?? ''}`,
    hint: 'name newer data with --data, or days with --from and --to',
  });
}

/** From the first to the last day of the data that was asked for; a range may be open. @throws SigmaError usage/empty-range */
function daysWithin({ panel, input }: MarketPanel, asked: DayRange): DayRange {
  const days = tradingDays(panel, asked);
  if (days.length > 0) return { from: days[0]!, to: days.at(-1)! + 1 };
  const all = tradingDays(panel);
  throw new SigmaError('usage/empty-range', `${input.name} has no day that was asked for`, {
    where: '--from, --to',
    hint: `its days go from ${formatTime(all[0]! * DAY)} to ${formatTime(all.at(-1)! * DAY)}`,
  });
}

type Scored = {
  readonly alerts: readonly PlacedAlert[];
  readonly days: DayRange;
  readonly trained: DayRange;
  readonly given: readonly LabelledEvent[] | undefined;
};

/** Alerts whose horizon is over, with what became of them and the regime they were given in. */
function resolvedAlerts(
  market: MarketPanel,
  terms: DatasetTerms,
  { alerts, days, trained, given }: Scored,
): DatedAlert[] {
  const { panel } = market;
  const { horizonRows } = terms;
  const table = alertTable(alerts, ({ score }) => score);
  const events = eventTable(panel, eventPlaces(market, terms.rule, { cooldownRows: horizonRows, given }));
  const { lead, othersChance } = alertOutcomes(panel, events, table, { range: days, horizonRows });
  // Without days of the discovery what is ordinary is learnt on the days themselves.
  const known = tradingDays(panel, trained).length > 0;
  const regimes = stressRegimes(panel, { channels: panel.channels, days: known ? trained : days });
  return alerts.flatMap(({ cluster, series, row, at }, i) => {
    const open = row + horizonRows >= panel.series[series]!.at.length && !(lead[i]! <= horizonRows);
    const regime = regimeNames[regimes[series]![row]!];
    return open ? [] : [{ cluster, success: lead[i]! <= horizonRows, chance: othersChance[i]!, at, regime }];
  });
}

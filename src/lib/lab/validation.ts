/** `validation`: which clusters precede events on days that nothing was fitted on, and why the others do not. */
import { hashJson, type Json } from '../core/index.ts';
import { featureSpecHash } from '../features/index.ts';
import { type Frame, frame } from '../frame/index.ts';
import { type LedgerSubject, type Rebuild, type StoredArtifact, trialKeys } from '../registry/index.ts';
import {
  type AlertTable,
  assignAlerts,
  findCandidates,
  pricesOf,
  stressRegimes,
  tradingDays,
  type Validation,
  validate,
} from '../research/index.ts';
import {
  type Draft,
  describe,
  documentBytes,
  inherited,
  openArtifact,
  readDocument,
  type Saved,
  saved,
} from './artifact.ts';
import type { LabContext } from './context.ts';
import { type OpenDiscovery, openDiscovery } from './discovery.ts';
import { sideOf } from './event-rule.ts';
import { tableBytes } from './tables.ts';
import type { ValidationTerms } from './terms.ts';

const SCHEMA = 'sigma.validation/1';

export type OpenValidation = {
  readonly artifact: StoredArtifact;
  readonly discovery: OpenDiscovery;
  readonly terms: ValidationTerms;
  readonly validation: Validation;
};

type Stored = { readonly validation: Validation };

export type MadeValidation = Saved & {
  readonly validation: Validation;
  /** Tests of clusters ever made on these data, of any discovery, against any events and under any terms; undefined where nobody counts. */
  readonly everTested: number | undefined;
};

/** @throws SigmaError usage/unknown-artifact, store/differs */
export async function makeValidation(
  request: { readonly discovery: string; readonly terms: ValidationTerms },
  context: LabContext,
): Promise<MadeValidation> {
  context.onStage?.('reading the discovery');
  const discovery = await openDiscovery(request.discovery, context);
  context.onStage?.('testing clusters');
  const { draft, validation } = await validationDraft(discovery, request.terms);
  // Counted before it is kept: a test that was seen is a trial even if the disk is full.
  const everTested = await counted(discovery, request.terms, context);
  return { ...(await saved(context, 'validation', draft)), validation, everTested };
}

export async function openValidation(
  reference: string,
  context: Pick<LabContext, 'markets' | 'store'>,
): Promise<OpenValidation> {
  const artifact = await openArtifact(context.store, reference, 'validation');
  const discovery = await openDiscovery(artifact.manifest.parents['discovery'] ?? '', context);
  const { validation } = await readDocument<Stored>(artifact, SCHEMA);
  return { artifact, discovery, validation, terms: artifact.manifest.params as unknown as ValidationTerms }; // written below
}

export const rebuildValidation =
  (markets: LabContext['markets']): Rebuild =>
  async ({ manifest }, store) => {
    const discovery = await openDiscovery(manifest.parents['discovery'] ?? '', { markets, store });
    return (await validationDraft(discovery, manifest.params as unknown as ValidationTerms)).draft; // written below
  };

async function validationDraft(
  discovery: OpenDiscovery,
  terms: ValidationTerms,
): Promise<{ readonly draft: Draft; readonly validation: Validation }> {
  const { dataset, clusters } = discovery;
  const { market, events, summary } = dataset;
  const { horizonRows } = dataset.terms;
  const { panel, bars } = market;
  const days = tradingDays(panel);
  const candidates = findCandidates(clusters.model, panel, { from: days[0]!, to: days.at(-1)! + 1 });
  const alerts = assignAlerts(clusters, candidates, { apartRows: horizonRows });
  const { perDay, ...limits } = terms;
  const validation = validate(alerts, events, panel, {
    clusters: clusters.size.length,
    discovery: summary.days.discovery,
    validation: summary.days.validation,
    horizonRows,
    ...limits,
    budget: { perDay, calibration: summary.days.calibration },
    closes: pricesOf(panel, bars).map(({ close }) => close),
    side: sideOf(dataset.terms.rule),
    regimes: stressRegimes(panel, { channels: panel.channels, days: summary.days.discovery }),
  });
  const draft: Draft = {
    description: describe('validation', {
      name: discovery.artifact.manifest.name,
      seed: terms.seed,
      params: terms as unknown as Json, // plain data
      ...inherited(discovery.artifact),
      trials: clusters.size.length,
      metrics: { tested: validation.tested, survivors: validation.survivors.length },
      parents: { discovery: discovery.artifact.hash },
    }),
    content: {
      'validation.json': documentBytes(SCHEMA, { validation }),
      'alerts.parquet': await tableBytes(alertFrame(discovery, alerts)),
    },
  };
  return { draft, validation };
}

/** Columns: symbol, time (when it was known), series, row, cluster, score. */
function alertFrame({ dataset }: OpenDiscovery, alerts: AlertTable): Frame {
  const { series } = dataset.market.panel;
  return frame({
    symbol: Array.from(alerts.series, (s) => series[s]!.symbol),
    time: alerts.at,
    series: alerts.series,
    row: alerts.row,
    cluster: alerts.cluster,
    score: alerts.score,
  });
}

/** Records every cluster under these terms, against these events, as a trial and says how many there have been. */
async function counted(
  { artifact, dataset, clusters }: OpenDiscovery,
  terms: ValidationTerms,
  { ledger }: LabContext,
): Promise<number | undefined> {
  if (ledger === undefined) return undefined;
  const [input] = dataset.artifact.manifest.inputs;
  const { series, row } = dataset.events;
  const subject: LedgerSubject = {
    strategy: 'precursors',
    lineage: hashJson('precursors'),
    data: input?.name ?? '',
    contentHash: input?.contentHash ?? '',
    // Clusters are found without a look at events: the same ones against others, or on other days, are tested anew.
    variant: hashJson({
      features: featureSpecHash(dataset.features),
      events: [Array.from(series), Array.from(row)],
      horizonRows: dataset.terms.horizonRows,
      validation: dataset.summary.days.validation,
    }),
  };
  const book = ledger.open(subject);
  try {
    // The same clusters found by another build are no new trial.
    const found = artifact.manifest.content['discovery.json']?.hash ?? artifact.hash;
    const sets = Array.from(clusters.size, (_, cluster) => ({ ...terms, cluster, discovery: found }));
    book.record({
      keys: trialKeys(`${subject.lineage} ${subject.variant}`, sets),
      sharpes: new Float64Array(sets.length).fill(Number.NaN),
      periods: new Float64Array(sets.length),
    });
    return book.evidence().count;
  } finally {
    await book.close();
  }
}

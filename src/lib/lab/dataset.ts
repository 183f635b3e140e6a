/** `dataset`: events and ordinary moments of a market with labels, weights and the windows before them; what every later step stands on. */
import { type Json, SigmaError } from '../core/index.ts';
import { withoutPassword } from '../data/index.ts';
import { type FeatureSpec, parseFeatureSpec } from '../features/index.ts';
import type { Rebuild, StoredArtifact } from '../registry/index.ts';
import {
  type DaySplit,
  drawReferences,
  type EventTable,
  eventTable,
  type LabelledEvent,
  splitDays,
  tradingDays,
} from '../research/index.ts';
import {
  type Draft,
  describe,
  documentBytes,
  openArtifact,
  readDocument,
  requireName,
  type Saved,
  saved,
} from './artifact.ts';
import type { LabContext } from './context.ts';
import { type DatedRange, datedRange, datesOfDays, rangeOfDates } from './dates.ts';
import { type EventRule, eventPlaces, scaleOf } from './event-rule.ts';
import { labelMoments, type MomentLabels } from './label-moments.ts';
import { type DataChoice, type MarketPanel, openPanel } from './market-panel.ts';
import { eventsOf, givenOf, givenTable, momentTable } from './moment-table.ts';
import { tableBytes, tableOf } from './tables.ts';
import type { DatasetTerms } from './terms.ts';
import { windowsBefore } from './windows.ts';

const SCHEMA = 'sigma.dataset/1';

export type DatasetRequest = {
  readonly name: string;
  readonly features: FeatureSpec;
  readonly data: DataChoice;
  readonly terms: DatasetTerms;
  /** The moments of a file, where the rule says so. */
  readonly given?: readonly LabelledEvent[];
};

export type DatasetSummary = {
  readonly days: DaySplit;
  readonly instruments: number;
  readonly rows: number;
  readonly events: { readonly discovery: number; readonly validation: number; readonly purged: number };
  readonly references: number;
  /** Labels of the events: first barrier touched. */
  readonly labels: { readonly up: number; readonly down: number; readonly neither: number };
};

/** A stored data set with its market read again. */
export type OpenDataset = {
  readonly artifact: StoredArtifact;
  readonly features: FeatureSpec;
  readonly terms: DatasetTerms;
  readonly summary: DatasetSummary;
  readonly market: MarketPanel;
  readonly events: EventTable;
};

type Stored = { readonly summary: DatasetSummary };
type Params = {
  readonly symbols?: readonly string[];
  readonly range: DatedRange;
} & DatasetTerms;

/** @throws SigmaError for every kind of bad input, study/too-short when the days cannot be split, research/too-few-events */
export async function buildDataset(
  request: DatasetRequest,
  context: LabContext,
): Promise<Saved & { readonly summary: DatasetSummary }> {
  requireName(request.name);
  context.onStage?.('reading bars');
  const market = await openPanel(context.markets, request.features, request.data);
  context.onStage?.('labelling');
  const { draft, summary } = await datasetDraft(request, market);
  return { ...(await saved(context, 'dataset', draft)), summary };
}

/** @throws SigmaError usage/unknown-artifact, store/differs when the data changed since */
export async function openDataset(
  reference: string,
  context: Pick<LabContext, 'markets' | 'store'>,
): Promise<OpenDataset> {
  const artifact = await openArtifact(context.store, reference, 'dataset');
  const { features, terms } = requestOf(artifact);
  const { summary } = await readDocument<Stored>(artifact, SCHEMA);
  const market = await marketOf(artifact, context.markets);
  const events = eventTable(market.panel, eventsOf(await tableOf(await artifact.file('moments.parquet'))));
  return { artifact, features, terms, summary, market, events };
}

export const rebuildDataset =
  (markets: LabContext['markets']): Rebuild =>
  async (artifact) => {
    const { features, data, terms } = requestOf(artifact);
    const market = await marketOf(artifact, markets);
    const given =
      terms.rule.kind === 'given' ? givenOf(await tableOf(await artifact.file('given.parquet'))) : undefined;
    const { name } = artifact.manifest;
    const request = { name, features, data, terms, ...(given === undefined ? {} : { given }) };
    return (await datasetDraft(request, market)).draft;
  };

/** What a stored data set was asked to be; its data where it was found last. */
export function requestOf({ manifest, meta }: StoredArtifact): Pick<DatasetRequest, 'features' | 'data' | 'terms'> {
  const { symbols, range, ...terms } = manifest.params as unknown as Params; // written by `paramsOf`
  const name = manifest.inputs[0]?.name ?? '';
  return {
    features: parseFeatureSpec(manifest.features, manifest.name),
    data: {
      data: meta.locations[name] ?? name,
      ...(symbols === undefined ? {} : { symbols }),
      range: rangeOfDates(range),
    },
    terms,
  };
}

/** The market that a data set was made of, unchanged. @throws SigmaError usage/unknown-dataset, store/differs */
async function marketOf(artifact: StoredArtifact, markets: LabContext['markets']): Promise<MarketPanel> {
  const { features, data } = requestOf(artifact);
  const [input] = artifact.manifest.inputs;
  try {
    return await openPanel(markets, features, data, input?.contentHash);
  } catch (cause) {
    if (!(cause instanceof SigmaError) || cause.code !== 'usage/unknown-dataset') throw cause;
    throw new SigmaError(cause.code, cause.found, {
      where: `${artifact.manifest.name} ${artifact.hash.slice(0, 12)}`,
      hint: `its bars are not there any more, or were never on this machine: bring them in with sigma data import FILE --name ${input?.name ?? 'NAME'}, or build the data set again`,
      cause,
    });
  }
}

function paramsOf({ data, terms }: DatasetRequest): Json {
  const { symbols, range } = data;
  const params: Params = {
    ...(symbols === undefined ? {} : { symbols }),
    range: datedRange(range),
    ...terms,
  };
  return params as unknown as Json; // plain data throughout
}

async function datasetDraft(
  request: DatasetRequest,
  market: MarketPanel,
): Promise<{ readonly draft: Draft; readonly summary: DatasetSummary }> {
  const { features, terms, given, name } = request;
  const { panel, bars } = market;
  const days = splitDays(tradingDays(panel), terms.split);
  const places = eventPlaces(market, terms.rule, { cooldownRows: terms.horizonRows, given });
  const events = eventTable(panel, places);
  const references = drawReferences(panel, events, {
    seed: terms.seed,
    perEvent: terms.references,
    awayRows: terms.horizonRows,
  });
  const scales = scaleOf(market);
  const labelled = (moments: EventTable): MomentLabels =>
    labelMoments(panel, bars, moments, {
      barriers: { ...terms.barriers, rows: terms.horizonRows },
      days,
      embargoDays: terms.split.embargoDays,
      scales,
    });
  const [ofEvents, ofReferences] = [labelled(events), labelled(references)];
  const summary = summaryOf(market, days, ofEvents, references.row.length);
  requireEvents(summary, name, terms.rule);
  const moments = momentTable(panel, [
    ['event', events, ofEvents],
    ['reference', references, ofReferences],
  ]);
  const windows = windowsBefore(panel, [events, references], { rows: features.windowRows, gapRows: terms.gapRows });
  const draft: Draft = {
    locations: { [market.input.name]: withoutPassword(request.data.data) },
    description: describe('dataset', {
      name,
      seed: terms.seed,
      features: features as unknown as Json, // plain data throughout
      params: paramsOf(request),
      inputs: [market.input],
      splits: Object.fromEntries(Object.entries(days).map(([part, range]) => [part, datesOfDays(range)])),
      metrics: { events: events.row.length, references: references.row.length },
      parents: {},
    }),
    content: {
      'dataset.json': documentBytes(SCHEMA, { summary }),
      'moments.parquet': await tableBytes(moments),
      'windows.parquet': await tableBytes(windows),
      ...(given === undefined ? {} : { 'given.parquet': await tableBytes(givenTable(given)) }),
    },
  };
  return { draft, summary };
}

/** Fewer say nothing, whatever is found before them. */
const LEAST_EVENTS = 10;

function requireEvents({ events }: DatasetSummary, name: string, rule: EventRule): void {
  const { discovery, validation } = events;
  if (discovery >= LEAST_EVENTS && validation >= LEAST_EVENTS) return;
  throw new SigmaError(
    'research/too-few-events',
    `there are ${discovery} events to discover with and ${validation} to validate on, each part needs ${LEAST_EVENTS}`,
    { where: name, hint: `${moreEvents(rule)}, or take more days or instruments` },
  );
}

function moreEvents(rule: EventRule): string {
  switch (rule.kind) {
    case 'move': {
      const smaller = Number((rule.beyond * (2 / 3)).toPrecision(2));
      return `ask for smaller moves (--move ${rule.direction}:${smaller}:${rule.withinRows})`;
    }
    case 'condition':
      return 'name a condition that begins to hold more often (--when)';
    case 'given':
      return 'date more of them (--events)';
  }
}

function summaryOf({ panel }: MarketPanel, days: DaySplit, events: MomentLabels, references: number): DatasetSummary {
  const of = (part: string): number => events.part.filter((one) => one === part).length;
  const touched = (barrier: number): number => events.label.filter((one) => one === barrier).length;
  return {
    days,
    instruments: panel.series.length,
    rows: panel.series.reduce((sum, { at }) => sum + at.length, 0),
    events: { discovery: of('discovery'), validation: of('validation'), purged: of('purged') },
    references,
    labels: { up: touched(1), down: touched(-1), neither: touched(0) },
  };
}

/** Markets from the data catalog: stored data sets, files, directories and databases. */
import {
  type CatalogOptions,
  type Dataset,
  type DatasetMeta,
  datasetActions,
  openDataset,
  type Query,
} from '../data/index.ts';
import type { Market, MarketInfo, Markets, Window } from './market.ts';

export function catalogMarkets(options: CatalogOptions = {}): Markets {
  return { open: async (name) => marketOf(await openDataset(name, options)) };
}

function marketOf(dataset: Dataset): Market {
  return {
    info: infoOf(dataset.meta),
    read: (window) => dataset.read(queryOf(window)),
    source: (window) => dataset.source(queryOf(window)),
    actions: () => datasetActions(dataset.location),
  };
}

function queryOf({ symbols, from, to }: Window): Query {
  return {
    ...(symbols === undefined ? {} : { symbols }),
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(to) ? { to } : {}),
  };
}

function infoOf(meta: DatasetMeta): MarketInfo {
  return {
    name: meta.name,
    title: meta.title,
    timeframe: meta.timeframe,
    closeOnly: meta.closeOnly,
    synthetic: meta.synthetic,
    hindsight: meta.hindsight,
    licence: meta.licence,
    contentHash: meta.contentHash,
    symbols: meta.instruments.map((instrument) => instrument.symbol),
    rows: meta.rows,
    from: Date.parse(meta.from),
    to: Date.parse(meta.to),
    sessions: meta.sessions,
    periodsPerYear: meta.periodsPerYear,
    ...(meta.benchmark === undefined ? {} : { benchmark: meta.benchmark }),
  };
}

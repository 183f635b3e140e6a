/** Markets from the data catalog: stored data sets, files, directories and databases. */
import { type CatalogOptions, type Dataset, type DatasetMeta, openDataset } from '../data/index.ts';
import type { Market, MarketInfo, Markets } from './market.ts';

export function catalogMarkets(options: CatalogOptions = {}): Markets {
  return { open: async (name) => marketOf(await openDataset(name, options)) };
}

function marketOf(dataset: Dataset): Market {
  return {
    info: infoOf(dataset.meta),
    read: ({ symbols, from, to }) =>
      dataset.read({
        ...(symbols === undefined ? {} : { symbols }),
        ...(Number.isFinite(from) ? { from } : {}),
        ...(Number.isFinite(to) ? { to } : {}),
      }),
    actions: async () => [],
  };
}

function infoOf(meta: DatasetMeta): MarketInfo {
  return {
    name: meta.name,
    title: meta.title,
    timeframe: meta.timeframe,
    closeOnly: meta.closeOnly,
    synthetic: meta.synthetic,
    licence: meta.licence,
    contentHash: meta.contentHash,
    symbols: meta.instruments.map((instrument) => instrument.symbol),
    from: Date.parse(meta.from),
    to: Date.parse(meta.to),
    sessions: meta.sessions,
    periodsPerYear: meta.periodsPerYear,
    ...(meta.benchmark === undefined ? {} : { benchmark: meta.benchmark }),
  };
}

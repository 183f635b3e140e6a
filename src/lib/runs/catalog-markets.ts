/** Markets from the data catalog: stored data sets, files, directories and databases. */
import { type CatalogOptions, contentHash, type Dataset, type DatasetMeta, openDataset } from '../data/index.ts';
import { type Bars, barsPerYear, type Timeframe } from '../model/index.ts';
import type { Market, MarketInfo, Markets, Window } from './market.ts';

export function catalogMarkets(options: CatalogOptions = {}): Markets {
  return {
    open: async (name, timeframe) => marketOf(await openDataset(name, options), timeframe),
    inMemory: async (bars, timeframe) => marketOf(memoryDataset(bars), timeframe),
  };
}

function marketOf(dataset: Dataset, timeframe?: Timeframe): Market {
  const { meta } = dataset;
  const info = infoOf(meta, timeframe);
  return {
    info,
    read: async ({ symbols, from, to }) => {
      const bars = await dataset.read({
        ...(symbols === undefined ? {} : { symbols }),
        ...(Number.isFinite(from) ? { from } : {}),
        ...(Number.isFinite(to) ? { to } : {}),
      });
      return timeframe === undefined || timeframe === meta.timeframe ? bars : resampled(bars, timeframe, meta);
    },
    quality: () => [],
    actions: async () => [],
    at: async (other) => marketOf(dataset, other),
  };
}

async function resampled(bars: readonly Bars[], _timeframe: Timeframe, _meta: DatasetMeta): Promise<readonly Bars[]> {
  return bars;
}

function infoOf(meta: DatasetMeta, timeframe: Timeframe | undefined): MarketInfo {
  const hours = meta.sessions === '24/7' ? 24 : 6.5;
  const days = meta.sessions === '24/7' ? 365.2425 : 252;
  return {
    name: meta.name,
    title: meta.title,
    timeframe: timeframe ?? meta.timeframe,
    closeOnly: meta.closeOnly,
    synthetic: meta.synthetic,
    licence: meta.licence,
    contentHash: meta.contentHash,
    symbols: meta.instruments.map((instrument) => instrument.symbol),
    from: Date.parse(meta.from),
    to: Date.parse(meta.to),
    periodsPerYear:
      timeframe === undefined || timeframe === meta.timeframe
        ? meta.periodsPerYear
        : barsPerYear(timeframe, days, hours),
    ...(meta.benchmark === undefined ? {} : { benchmark: meta.benchmark }),
  };
}

function memoryDataset(bars: readonly Bars[]): Dataset {
  throw new Error(`TODO ${bars.length} ${contentHash.name}`);
}

export type { Window };

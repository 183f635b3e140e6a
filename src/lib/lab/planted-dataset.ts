/** A planted market as a data set of the catalog, so that the research can be tried where the truth is known. */
import { type CatalogOptions, type Dataset, saveDataset } from '../data/index.ts';
import { type FeatureSpec, parseFeatureSpec } from '../features/index.ts';
import { DAY, MINUTE } from '../model/index.ts';
import {
  type LabelledEvent,
  type PlantedOptions,
  plantedBars,
  plantedExpressions,
  plantedMarket,
} from '../research/index.ts';

export type PlantedDataset = {
  readonly dataset: Dataset;
  /** Reads the planted channels back from the bars. */
  readonly features: FeatureSpec;
  /** The market's events, dated. */
  readonly events: readonly LabelledEvent[];
};

/** @throws SigmaError data/exists, store/write-failed */
export async function savePlantedMarket(
  name: string,
  options: PlantedOptions & { readonly seed: number },
  catalog: CatalogOptions & { readonly replace?: boolean },
): Promise<PlantedDataset> {
  const market = plantedMarket(options);
  const { panel, events } = market;
  const [first] = panel.series;
  const openSlot = Math.round(((first!.at[0]! - MINUTE) % DAY) / MINUTE);
  const dataset = await saveDataset(
    {
      name,
      title: `Synthetic market with planted precursors, seed ${options.seed}`,
      licence: 'CC0-1.0',
      synthetic: true,
      sessions: '24/7',
    },
    plantedBars(market),
    catalog,
  );
  const features = parseFeatureSpec({
    schema: 'sigma.features/1',
    name,
    timeframe: '1m',
    // The first return of a session reaches over night.
    session: { calendar: '24/7', slots: openSlot + panel.slots, skip: openSlot + 1 },
    channels: Object.entries(plantedExpressions).map(([channel, expression]) => ({ name: channel, expression })),
  });
  return {
    dataset,
    features,
    events: Array.from(events.at, (time, i) => ({
      symbol: panel.series[events.series[i]!]!.symbol,
      time,
      where: `event ${i + 1}`,
    })),
  };
}

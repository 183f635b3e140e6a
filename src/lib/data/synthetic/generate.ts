/** A synthetic market from its specification. Nothing in it was ever traded: whatever shows it says so. */
import { createRng } from '../../core/index.ts';
import { type Bars, barsPerYear, instrument, parseTimeframe } from '../../model/index.ts';
import { calendar } from '../calendar/index.ts';
import { assetPath } from './asset-path.ts';
import { marketPath } from './market-path.ts';
import { scriptOf } from './script.ts';
import { parseSyntheticSpec, type SyntheticSpec } from './spec.ts';
import { timeline } from './timeline.ts';

export type SyntheticMarket = {
  /** One entry an asset, in the order of the specification. */
  readonly bars: readonly Bars[];
  readonly regimeNames: readonly string[];
  /** Regime of each bar, an index into the names. */
  readonly regime: Uint8Array;
};

/**
 * The same specification gives the same bytes: assets draw from streams named by their symbols, so adding one changes no other.
 * @throws SigmaError usage/bad-option naming the key, usage/empty-range
 */
export function generateMarket(specification: SyntheticSpec): SyntheticMarket {
  const spec = parseSyntheticSpec(specification);
  const timeframe = parseTimeframe(spec.timeframe);
  const market = calendar(spec.calendar);
  const yearBars = barsPerYear(timeframe, market.sessionsPerYear, market.hoursPerSession);
  const rng = createRng(spec.seed);
  const line = timeline(spec);
  const path = marketPath(spec, line, market.sessionsPerYear / yearBars, rng.fork('market'));
  const bars: Bars[] = [];
  for (const asset of spec.assets) {
    const columns = assetPath({
      spec,
      asset,
      line,
      market: path,
      barYears: 1 / yearBars,
      script: scriptOf(spec.events, asset.symbol, line.time),
      leader: bars.find((each) => each.instrument.symbol === asset.follows?.symbol)?.close,
      rng: rng.fork(`asset ${asset.symbol}`),
    });
    const { kind, currency, tickSize, lotSize } = asset;
    bars.push({
      instrument: instrument(asset.symbol, { kind, currency, tickSize, lotSize }),
      timeframe,
      closeOnly: false,
      ...columns,
    });
  }
  return { bars, regimeNames: spec.regimes.map((each) => each.name), regime: path.regime };
}

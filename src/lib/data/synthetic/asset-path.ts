/** The bars of one synthetic asset: returns from the shared path and its own shocks, ranges from a simulated path inside each bar. */
import type { Rng } from '../../core/index.ts';
import type { BarColumns } from '../../model/index.ts';
import { courseOf } from './course.ts';
import { innovations } from './innovations.ts';
import type { MarketPath } from './market-path.ts';
import type { Script } from './script.ts';
import type { CompleteSyntheticSpec } from './spec.ts';
import type { Timeline } from './timeline.ts';

/** Volume grows with the square of the range, as trades do with variance. */
const rangeElasticity = 1.2;
const volumeNoise = 0.35;
/** Log prices stay within what a double can show with its ticks. */
const largestLogPrice = 46;

export type AssetSetting = {
  readonly spec: CompleteSyntheticSpec;
  readonly asset: CompleteSyntheticSpec['assets'][number];
  readonly line: Timeline;
  readonly market: MarketPath;
  /** Length of a bar in years of trading. */
  readonly barYears: number;
  readonly script: Script;
  /** Closes of the asset it follows. */
  readonly leader: Float64Array | undefined;
  readonly rng: Rng;
};

export function assetPath(setting: AssetSetting): BarColumns {
  const { spec, asset, line, market, barYears, script, rng } = setting;
  const { rows } = script;
  const column = (): Float64Array => new Float64Array(rows);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  const own = innovations(rng.fork('own'), spec.tail);
  const inside = rng.fork('inside');
  const jumps = rng.fork('jumps');
  const activityNoise = rng.fork('volume');
  const loading = asset.correlation;
  const rest = Math.sqrt(1 - loading * loading);
  const perBar = asset.volatility * Math.sqrt(barYears);
  const stepScale = 1 / Math.sqrt(spec.steps);
  const jumpChance = Math.min(1, spec.jumps.perYear * barYears);
  const floor = Math.max(asset.tickSize, Number.MIN_VALUE);
  const tick = (logPrice: number): number => {
    const price = Math.exp(logPrice);
    return asset.tickSize === 0 ? price : Math.max(floor, onGrid(price, asset.tickSize));
  };
  const course = courseOf(setting);

  let log = Math.log(asset.price);
  let before = tick(log);
  for (let i = 0; i < rows; i++) {
    const regime = spec.regimes[market.regime[i]!]!;
    const sd = perBar * regime.volatility * market.deviation[i]! * line.activity[i]! * script.volatility[i]!;
    if (spec.gap > 0 && line.opens[i] === 1 && i > 0) {
      log += spec.gap * sd * inside.normal();
      before = tick(log);
    }
    if (script.gap[i] !== 0) {
      log += script.gap[i]!;
      before = tick(log);
    }
    let change = (asset.drift + regime.drift) * barYears - 0.5 * sd * sd;
    change += sd * (loading * market.factor[i]! + rest * own());
    if (jumps.next() < jumpChance) change += spec.jumps.mean + spec.jumps.deviation * jumps.normal();
    change = course(i, log, change) + script.drift[i]!;
    change = Math.max(-largestLogPrice - log, Math.min(largestLogPrice - log, change));

    // A Brownian bridge from the open to the close: walk freely, then tilt the walk so that it ends where it must.
    const { top, bottom } = bridge(inside, spec.steps, sd * stepScale, change);
    const last = tick(log + change);
    const first = before;
    open[i] = first;
    close[i] = last;
    high[i] = Math.max(first, last, tick(log + top));
    low[i] = Math.min(first, last, tick(log + bottom));
    const ordinary = perBar * 1.2;
    const relative = (top - bottom) / ordinary;
    const size =
      asset.volume *
      script.volume[i]! *
      line.activity[i]! *
      relative ** rangeElasticity *
      Math.exp(volumeNoise * activityNoise.normal());
    volume[i] = asset.lotSize === 0 ? size : onGrid(size, asset.lotSize);
    log += change;
    before = last;
  }
  return { time: line.time.slice(0, rows), open, high, low, close, volume };
}

const steps = new Float64Array(65);
const extremes = { top: 0, bottom: 0 };

/** Largest and smallest point of a bridge from 0 to `end`. The result is reused by the next call. */
function bridge(
  rng: Rng,
  count: number,
  scale: number,
  end: number,
): { readonly top: number; readonly bottom: number } {
  let walk = 0;
  for (let k = 1; k <= count; k++) {
    walk += scale * rng.normal();
    steps[k] = walk;
  }
  const tilt = (end - walk) / count;
  extremes.top = Math.max(0, end);
  extremes.bottom = Math.min(0, end);
  for (let k = 1; k < count; k++) {
    const point = steps[k]! + tilt * k;
    if (point > extremes.top) extremes.top = point;
    if (point < extremes.bottom) extremes.bottom = point;
  }
  return extremes;
}

/** The nearest multiple of an increment, without the digits that a product with 0.01 would add. */
function onGrid(value: number, increment: number): number {
  const count = Math.round(value / increment);
  const inverse = Math.round(1 / increment);
  return increment < 1 && Math.abs(inverse * increment - 1) < 1e-12 ? count / inverse : count * increment;
}

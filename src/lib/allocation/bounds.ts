/** What weights may be. */
import { SigmaError } from '../core/index.ts';

export type WeightBounds = {
  /** Least and most weight of each asset, one for all or one each; 0 and 1 unless given. */
  readonly min?: number | readonly number[];
  readonly max?: number | readonly number[];
  /** Sum of the weights; 1 unless given, null leaves the rest in cash. */
  readonly net?: number | null;
  /** Most sum of absolute weights. */
  readonly gross?: number;
};

export type Feasible = {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly net: number | null;
  /** Infinity when free. */
  readonly gross: number;
};

const SLACK = 1e-12;

/** @throws SigmaError usage/bad-option when no weights are within the bounds */
export function feasible(bounds: WeightBounds, assets: number): Feasible {
  const { min = 0, max = 1, net = 1, gross = Number.POSITIVE_INFINITY } = bounds;
  const each = (value: number | readonly number[], name: string): Float64Array => {
    if (typeof value !== 'number' && value.length !== assets)
      throw impossible(`${name} has ${value.length} weights for ${assets} assets`, 'give one for all or one each');
    return Float64Array.from({ length: assets }, (_, i) => (typeof value === 'number' ? value : value[i]!));
  };
  const low = each(min, 'min');
  const high = each(max, 'max');
  for (let i = 0; i < assets; i++)
    if (!(low[i]! <= high[i]!) || !Number.isFinite(low[i]! + high[i]!))
      throw impossible(`weights from ${low[i]} to ${high[i]}`, 'give a finite least weight that is not above the most');
  if (!(gross > 0)) throw impossible(`gross is ${gross}`, 'give a gross budget above 0');
  if (net !== null && !Number.isFinite(net)) throw impossible(`net is ${net}`, 'give the sum of the weights');
  const smallest = low.map((l, i) => Math.max(l, Math.min(0, high[i]!)));
  const least = smallest.reduce((sum, w) => sum + Math.abs(w), 0);
  if (least > gross + SLACK)
    throw impossible(`the least weights come to ${least}, above the gross budget ${gross}`, 'raise gross');
  if (net !== null) checkNet({ low, high, net, gross }, smallest);
  return { low, high, net, gross };
}

function checkNet({ low, high, net, gross }: Feasible & { readonly net: number }, smallest: Float64Array): void {
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const hint = 'widen min and max or change net';
  if (net > sum(high) + SLACK) throw impossible(`the most weights come to ${sum(high)}, below the sum of ${net}`, hint);
  if (net < sum(low) - SLACK) throw impossible(`the least weights come to ${sum(low)}, above the sum of ${net}`, hint);
  // From the smallest sizes to the sum: what has to be added, in the direction that lowers no size, or lowers sizes first.
  const start = sum(smallest);
  const size = smallest.reduce((total, w) => total + Math.abs(w), 0) + Math.abs(net - start);
  if (size > gross + SLACK)
    throw impossible(`weights that sum to ${net} have a gross of at least ${size}, above ${gross}`, 'raise gross');
}

function impossible(found: string, hint: string): SigmaError {
  return new SigmaError('usage/bad-option', found, { where: 'bounds', hint });
}

import { describe, expect, it } from 'vitest';
import {
  blocksFromBars,
  createEngine,
  defaultRunConfig,
  defineStrategy,
  type EngineResult,
  type VenueReport,
} from '../../src/lib/index.ts';
import { closesOf } from '../market.ts';

const buyer = () => {
  const heard: string[] = [];
  const strategy = defineStrategy({
    name: 'buyer',
    onBar: (ctx) => {
      if (ctx.time === first) ctx.submit({ kind: 'limit', price: 9, side: 'buy', quantity: 10, tag: 'dip' });
    },
    onFill: (_, fill) => heard.push(`${fill.tag} ${fill.quantity}`),
    onOrder: (_, order) => heard.push(`${order.order} ${order.status}`),
  });
  return { heard, strategy };
};
const source = blocksFromBars([closesOf([10, 10, 10])]);
const [block] = [...source.blocks()];
const first = block!.at[0]!;

/** Reports to the order of the first bar, from a venue that takes its time. */
function told(...reports: readonly VenueReport[]): { readonly result: EngineResult; readonly heard: string[] } {
  const { heard, strategy } = buyer();
  const { instruments } = source;
  const engine = createEngine({ strategy, params: {}, instruments, config: defaultRunConfig });
  engine.load(block!);
  engine.live(0, 1);
  engine.next();
  for (const report of reports) engine.report(report);
  engine.live(1, 2);
  return { result: engine.finish(0), heard };
}

const fill = (quantity: number, time: number): VenueReport => ({
  kind: 'filled',
  order: 1,
  instrument: 0,
  time,
  quantity,
  price: 9,
  fee: 0,
  slippage: 0,
  liquidity: 'maker',
  done: false,
  atClose: false,
});

describe('an order that its venue has ended', () => {
  it('still takes the fill that crossed with its cancel', () => {
    const { result, heard } = told(
      { kind: 'accepted', order: 1, time: first + 1 },
      fill(4, first + 2),
      { kind: 'cancelled', order: 1, time: first + 3, reason: 'asked to' },
      fill(2, first + 4),
    );
    expect(result.orders.at(0)).toMatchObject({
      kind: 'limit',
      price: 9,
      quantity: 10,
      status: 'cancelled',
      filled: 6,
      averagePrice: 9,
      updated: first + 4,
      tag: 'dip',
      reason: 'asked to',
    });
    expect(result.trades.at(0)).toMatchObject({ quantity: 6, tag: 'dip' });
    expect(heard).toEqual(['1 accepted', 'dip 4', '1 partially-filled', '1 cancelled', 'dip 2', '1 cancelled']);
  });

  it('is recorded as it ended', () => {
    const { result } = told({ kind: 'expired', order: 1, time: first + 1, reason: '' });
    expect(result.orders).toHaveLength(1);
    expect(result.orders.at(0)).toMatchObject({ status: 'expired', filled: 0, averagePrice: Number.NaN });
  });
});

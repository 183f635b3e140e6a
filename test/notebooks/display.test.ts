/** What a notebook shows: frames, bars and metrics as HTML. */
import { barsFrame, DAY, frame, frameHtml, instrument, metricsHtml } from 'sigma-quant';
import { describe, expect, it } from 'vitest';

const time = Float64Array.from({ length: 30 }, (_, i) => Date.UTC(2021, 0, 1) + i * DAY);
const table = frame({
  time,
  price: Float64Array.from(time, (_, i) => i + 0.125),
  name: Array.from(time, (_, i) => `row ${i}`),
});
const rowsOf = (html: string): number => html.split('<tr>').length - 2;

describe('frameHtml', () => {
  it('shows the first and last rows, a gap between them, and the size of the whole', () => {
    const html = frameHtml(table, { rows: 6 });
    expect(rowsOf(html)).toBe(7);
    for (const shown of ['row 0', 'row 2', 'row 27', 'row 29']) expect(html).toContain(`>${shown}<`);
    for (const hidden of ['row 3', 'row 26']) expect(html).not.toContain(`>${hidden}<`);
    expect(html).toContain('30 rows × 3 columns');
  });

  it('shows a short table whole, and an empty one with its names', () => {
    expect(rowsOf(frameHtml(table.slice(0, 4)))).toBe(4);
    const empty = frameHtml(table.slice(0, 0));
    expect(rowsOf(empty)).toBe(0);
    expect(empty).toContain('>price<');
    expect(empty).toContain('0 rows × 3 columns');
  });

  it('writes times as dates in UTC, missing numbers as n/a, and escapes text', () => {
    const odd = frame({ time: time.slice(0, 2), value: Float64Array.of(Number.NaN, 1.5), 'a<b': ['<script>', '&'] });
    const html = frameHtml(odd, { caption: '<one>' });
    for (const text of ['2021-01-02', 'n/a', '1.5', 'a&lt;b', '&lt;script&gt;', '&amp;', '&lt;one&gt;'])
      expect(html).toContain(text);
    expect(html).not.toContain('<script>');
  });

  it('takes other columns as times when told', () => {
    const html = frameHtml(frame({ opened: time.slice(0, 1) }), { times: ['opened'] });
    expect(html).toContain('2021-01-01');
  });
});

describe('barsFrame', () => {
  const columns = { time, open: time, high: time, low: time, close: time, volume: time };
  const bars = (symbol: string) =>
    ({ ...columns, instrument: instrument(symbol), timeframe: '1d', closeOnly: false }) as const;

  it('shares the memory of one instrument', () => {
    const one = barsFrame(bars('A'));
    expect(one.names).toEqual(['symbol', 'time', 'open', 'high', 'low', 'close', 'volume']);
    expect(one.numbers('close')).toBe(time);
  });

  it('puts several one after the other', () => {
    const two = barsFrame([bars('A'), bars('B')]);
    expect(two.length).toBe(60);
    expect([two.column('symbol')[29], two.column('symbol')[30]]).toEqual(['A', 'B']);
    expect([...two.numbers('time').slice(30)]).toEqual([...time]);
  });
});

describe('metricsHtml', () => {
  it('shows titles with units, and n/a for what is missing or undefined', () => {
    const html = metricsHtml({ totalReturn: 0.125, sharpe: Number.NaN }, ['totalReturn', 'sharpe', 'cagr']);
    expect(html).toContain('12.50%');
    expect(html.match(/>n\/a</g)).toHaveLength(2);
  });
});

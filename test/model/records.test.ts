import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLog,
  type LogEntry,
  logRecords,
  orderColumns,
  RecordLog,
  tradeRecords,
} from '../../src/lib/model/index.ts';

const entry = (message: string, k = 0): LogEntry => ({
  time: k + 0.5,
  level: k % 2 === 0 ? 'info' : 'warn',
  source: 'strategy',
  symbol: `S${k % 3}`,
  message,
});

describe('records', () => {
  it('come back as they went in, whatever their texts', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud800 alone'), fc.constant(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
        const entries = texts.map(entry);
        const records = logRecords(entries);
        expect([...records]).toEqual(entries);
        expect(JSON.stringify(records)).toBe(JSON.stringify(entries));
      }),
    );
  });

  it('keep more different texts than they share, long and wide ones among them', () => {
    const texts = Array.from({ length: 10_000 }, (_, k) => `order ${k} refused${k === 7_000 ? ' ⚠' : ''}`);
    texts[8_000] = 'x'.repeat(20_000);
    const records = logRecords(texts.map(entry));
    expect(records.map((record) => record.message)).toEqual(texts);
    expect(new Set(records.columns.symbol.codes).size).toBe(3);
  });

  it('spell out a text that is kept as a form and a number', () => {
    const log = createLog();
    const numbers = [0, 7, 2 ** 27 - 1, 2 ** 27, -3, 0.5];
    const forms = Array.from({ length: 20 }, (_, k) => `form ${k}: order # filled`);
    const cases = forms.flatMap((form) => numbers.map((number) => ({ form, number })));
    log.extend(cases.length);
    for (const [row, { form, number }] of cases.entries()) log.cells.message.putNumbered(row, form, number);
    expect(log.map(({ message }) => message)).toEqual(cases.map(({ form, number }) => form.replace('#', `${number}`)));
  });

  it('give columns without a copy and rows from either end', () => {
    const records = logRecords(Array.from({ length: 100 }, (_, k) => entry('m', k)));
    const { columns } = records;
    expect(records).toHaveLength(100);
    expect(columns.time).toHaveLength(100);
    expect(columns.time[99]).toBe(99.5);
    expect(columns.time.buffer).toBe(records.columns.time.buffer);
    expect(columns.level.dictionary.text(columns.level.codes[1]!)).toBe('warn');
    expect(records.at(-1)).toEqual(entry('m', 99));
    expect(records.at(100)).toBeUndefined();
    expect(records.at(-101)).toBeUndefined();
  });

  it('can be sliced, mapped, filtered and summed like a list', () => {
    const list = Array.from({ length: 20 }, (_, k) => entry('m', k));
    const records = logRecords(list);
    for (const [from, to] of [[0], [3], [-4], [2, 5], [5, 2], [-30, 40], [30, 40], [2, -3]])
      expect(records.slice(from, to)).toEqual(list.slice(from, to));
    expect(records.map((e, row) => e.time - row)).toEqual(list.map(() => 0.5));
    expect(records.filter((e, row) => e.level === 'warn' && row > 3)).toEqual(
      list.filter((e, row) => e.level === 'warn' && row > 3),
    );
    expect(records.reduce((sum, e) => sum + e.time, 1)).toBe(list.reduce((sum, e) => sum + e.time, 1));
    expect([...tradeRecords([])]).toEqual([]);
  });

  it('refuse a value that its column does not know', () => {
    const log = new RecordLog(orderColumns);
    log.extend(1);
    expect(() => log.cells.side.put(0, 'hold')).toThrow(/none of buy, sell/);
  });
});

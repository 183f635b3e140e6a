import { describe, expect, it } from 'vitest';
import { featureSpecHash, parseFeatureSpec } from '../../src/lib/features/index.ts';

const small = {
  schema: 'sigma.features/1',
  name: 'minute-precursors',
  timeframe: '1m',
  session: { slots: 390 },
  channels: ['return', 'activity'],
};
const refusal = (extra: object): string => {
  try {
    parseFeatureSpec({ ...small, ...extra }, 'my.features.json');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
};

describe('a feature specification', () => {
  it('writes every default out', () => {
    expect(parseFeatureSpec(small)).toEqual({
      ...small,
      source: 'bars',
      session: { calendar: '24/7', slots: 390, skip: 0, window: 'session' },
      channels: [
        { name: 'return', expression: 'return' },
        { name: 'activity', expression: 'activity' },
      ],
      windowRows: 24,
      normalisation: { kind: 'seasonal', bucketSlots: 15, instruments: 'each' },
      embedding: { dct: 6, whitening: { kind: 'trimmed', keep: 0.9 }, pca: 12 },
      surprise: 'trimmed-distance',
      peaks: { quantile: 0.92, before: 8, after: 2 },
    });
  });

  it('has one hash however it is written, and another for every change but that of its name', () => {
    const hash = (extra: object = {}): string => featureSpecHash(parseFeatureSpec({ ...small, ...extra }));
    const reordered = Object.fromEntries(Object.entries(small).reverse());
    expect(featureSpecHash(parseFeatureSpec(reordered))).toBe(hash());
    expect(hash({ windowRows: 24, surprise: 'trimmed-distance' })).toBe(hash());
    expect(hash({ name: 'other' })).toBe(hash());
    expect(hash({ windowRows: 25 })).not.toBe(hash());
    expect(hash({ channels: ['activity', 'return'] })).not.toBe(hash());
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps sixteen components where there are so many, unless it is told otherwise', () => {
    const kept = (extra: object) => parseFeatureSpec({ ...small, ...extra }).embedding.pca;
    expect(kept({ channels: ['return', 'activity', 'spread'] })).toBe(16);
    expect(kept({ embedding: { dct: 3 } })).toBe(6);
    expect(kept({ embedding: { dct: 3, pca: 2 } })).toBe(2);
  });

  it('names both versions when it is newer, and what it is when it is something else', () => {
    const read = (schema: string) => () => parseFeatureSpec({ ...small, schema, later: true }, 'my.features.json');
    expect(read('sigma.features/2')).toThrow(
      expect.objectContaining({ code: 'data/newer-schema', where: 'my.features.json' }),
    );
    expect(read('sigma.features/2')).toThrow(/sigma.features\/2.*sigma.features\/1/);
    expect(read('sigma.precursor/1')).toThrow(expect.objectContaining({ code: 'data/unreadable' }));
  });

  it.each([
    [{ windowrows: 20 }, 'my.features.json: windowrows: there is no such key; did you mean window, windowRows'],
    [{ embedding: { dtc: 4 } }, 'my.features.json: embedding.dtc: there is no such key; did you mean dct'],
    [{ schema: undefined }, 'my.features.json: schema: '],
    [{ session: { slots: 0 } }, 'my.features.json: session.slots: '],
    [{ session: { slots: 10, skip: 10 } }, 'my.features.json: session.skip: 10 of 10 rows'],
    [
      { session: { slots: 26, skip: 1 } },
      "windowRows: a session of 25 rows has no room for a window of 24 and the 2 rows that tell its peak; take a shorter window, or let windows reach into the next session: session.window 'continuous'",
    ],
    [
      { channels: ['return', 'retrun'] },
      "my.features.json: channels.1: column 1: there is no column 'retrun'; did you mean return",
    ],
    [{ channels: [] }, 'my.features.json: channels: '],
    [{ channels: ['return', 'return'] }, "channels: there are two channels 'return'"],
    [
      { channels: [{ name: 'x', expression: 'lag(close, -1)' }], embedding: { pca: 3 } },
      'a negative lag would look ahead',
    ],
    [
      { channels: [{ name: 'x', expression: 'emma(close, 3)' }] },
      "channels.0: column 1: there is no function 'emma'; did you mean",
    ],
    [{ embedding: { dct: 25 } }, 'embedding.dct: 25 coefficients of 24 rows'],
    [{ embedding: { dct: 2, pca: 5 } }, 'embedding.pca: 5 components of 4 coefficients'],
    [{ source: 'ticks', channels: ['return', 'close'] }, "channels.1: windows of ticks have no channel 'close'"],
    [{ timeframe: '1d' }, 'timeframe: is not a timeframe of seconds, minutes or hours'],
  ])('%j is refused with file and key', (extra, message) => {
    expect(refusal(extra)).toContain(message);
  });
});

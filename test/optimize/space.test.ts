import { describe, expect, it } from 'vitest';
import { boolean, choice, integer, number, SigmaError, text } from '../../src/lib/index.ts';
import { paramsAt, parseSpace, sizeOf } from '../../src/lib/optimize/index.ts';
import { codeAt, evenCodes, levelsOf, unitOf } from '../../src/lib/optimize/space/dimension.ts';

const strategy = {
  name: 'sample',
  params: {
    lookback: integer({ default: 90, min: 5, max: 400 }),
    threshold: number({ default: 0.05, min: 0, max: 0.5 }),
    scale: number({ default: 1, min: 0.001, max: 10, log: true }),
    average: choice({ default: 'simple', options: ['simple', 'exponential'] }),
    short: boolean({ default: true }),
    note: text({ default: '' }),
  },
};

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof SigmaError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('a search space', () => {
  it('takes every parameter that has a range when none is named', () => {
    const space = parseSpace(strategy);
    expect(space.dimensions.map(({ name }) => name)).toEqual(['lookback', 'threshold', 'scale', 'average', 'short']);
    expect(space.fixed['note']).toBe('');
    expect(sizeOf(space)).toBe(Number.POSITIVE_INFINITY);
  });

  it('reads steps, lists and logarithmic ranges', () => {
    const space = parseSpace(strategy, {
      space: { lookback: '20:200:10', threshold: '0,0.02,0.05', scale: '0.001:1:log', average: 'simple' },
      params: { short: 'false' },
    });
    expect(space.dimensions.map(levelsOf)).toEqual([19, 3, Number.POSITIVE_INFINITY, 1]);
    expect(paramsAt(space, [200, 2, 0.1, 0])).toEqual({
      lookback: 200,
      threshold: 0.05,
      scale: 0.1,
      average: 'simple',
      short: false,
      note: '',
    });
  });

  it('keeps decimal steps decimal', () => {
    const [dimension] = parseSpace(strategy, { space: { threshold: '0.1:0.5:0.1' } }).dimensions;
    expect(evenCodes(dimension!, 9)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  it.each([
    [{ space: { lookbak: '5:10' } }, /usage\/unknown-parameter.*did you mean lookback/],
    [{ space: { lookback: '5:10' }, params: { lookback: 7 } }, /usage\/bad-space.*both searched and held/],
    [{ space: { lookback: '200:20' } }, /usage\/bad-space.*is empty/],
    [{ space: { lookback: '20:200:0' } }, /usage\/bad-space.*step/],
    [{ space: { lookback: '20:200:1.5' } }, /usage\/bad-space.*whole number/],
    [{ space: { lookback: '20:500' } }, /usage\/bad-parameter.*above the maximum/],
    [{ space: { lookback: '20,20' } }, /usage\/bad-space.*twice/],
    [{ space: { lookback: '20,,30' } }, /usage\/bad-space.*empty value/],
    [{ space: { threshold: '0:0.5:log' } }, /usage\/bad-space.*above 0/],
    [{ space: { lookback: '20:x' } }, /usage\/bad-parameter/],
    [{ space: { note: '' } }, /usage\/bad-space/],
    [
      { params: { lookback: 5, threshold: 0, scale: 1, average: 'simple', short: true } },
      /usage\/bad-space.*nothing to search/,
    ],
  ])('refuses %j', (request, message) => {
    expect(codeOf(() => parseSpace(strategy, request))).toMatch(message);
  });

  it('gives every level an equal share of the unit interval, and finds it again', () => {
    for (const dimension of parseSpace(strategy, { space: { lookback: '20:200:10', average: '', scale: '' } })
      .dimensions) {
      const levels = Math.min(levelsOf(dimension), 50);
      for (let k = 0; k < levels; k++) {
        const code = codeAt(dimension, (k + 0.5) / levels);
        expect(codeAt(dimension, unitOf(dimension, code))).toBeCloseTo(code, 10);
      }
    }
  });
});

/** A scenario file is refused with the place of its first mistake. */
import { describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { readScenario } from '../../src/lib/scenarios/read-scenario.ts';

const good = `title: A walk
description: Nothing happens.
market:
  synthetic:
    seed: 1
    timeframe: 1d
    from: 2020-01-01
    to: 2021-01-01
    assets:
      - { symbol: A, price: 10, volatility: 0.2 }
strategies:
  momentum:
    params: { lookback: 20 }
    expect:
      totalReturn: [-0.5, 0.5]
      trades: 3
      fees: [0, null]
`;

function refusal(text: string): SigmaError {
  try {
    readScenario(text, 'walk.yaml');
  } catch (error) {
    if (error instanceof SigmaError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('a scenario file', () => {
  it('is read into a market and bands with open ends', () => {
    const scenario = readScenario(good, 'folder/walk.yaml');
    expect(scenario).toMatchObject({ name: 'walk', title: 'A walk', market: { kind: 'synthetic' } });
    expect(scenario.cases).toEqual([
      {
        name: 'momentum',
        strategy: 'momentum',
        params: { lookback: 20 },
        terms: {},
        expect: { totalReturn: [-0.5, 0.5], trades: [3, 3], fees: [0, Number.POSITIVE_INFINITY] },
        where: 'folder/walk.yaml:12:3',
      },
    ]);
  });

  it.each([
    ['YAML that does not parse', good.replace('seed: 1', 'seed: [1'), /^walk\.yaml:\d+:\d+: .*mend the YAML/],
    [
      'a key written twice',
      good.replace('seed: 1', 'seed: 1\n    seed: 2'),
      /^walk\.yaml:6:5: Map keys must be unique/,
    ],
    [
      'an unknown key',
      good.replace('params', 'parms'),
      /^walk\.yaml:13:5: strategies\.momentum\.parms: there is no such key/,
    ],
    ['a missing key', good.replace('title: A walk\n', ''), /^walk\.yaml:1:1: title: /],
    [
      'a value of another type',
      good.replace('price: 10', 'price: ten'),
      /^walk\.yaml:10:22: market\.synthetic\.assets\.0\.price: /,
    ],
    [
      'a misspelt figure',
      good.replace('trades: 3', 'tades: 3'),
      /^walk\.yaml:16:7: .*tades: there is no such figure; did you mean .*trades/,
    ],
    ['a band upside down', good.replace('[-0.5, 0.5]', '[0.5, -0.5]'), /^walk\.yaml:15:7: .*0\.5 is above -0\.5/],
    [
      'a band of words',
      good.replace('trades: 3', 'trades: few'),
      /^walk\.yaml:16:7: .*neither a number nor \[lowest, highest\]/,
    ],
    [
      'both kinds of market',
      good.replace('  synthetic:', '  data: sp500\n  synthetic:'),
      /^walk\.yaml:3:1: market: needs one of synthetic and data/,
    ],
    [
      'no market',
      good.replace(/ {2}synthetic:[\s\S]*strategies:/, '  from: 2020-01-01\nstrategies:'),
      /market: needs one of synthetic and data/,
    ],
    [
      'an event of an asset that is not there',
      good.replace('strategies:', '    events: [{ kind: gap, at: 0.5, size: 0.1, assets: [B] }]\nstrategies:'),
      /^walk\.yaml:11:\d+: events\.0\.assets: there is no asset 'B'/,
    ],
    ['dates the wrong way round', good.replace('to: 2021', 'to: 2019'), /is not before/],
    [
      'no strategies',
      good.replace(/strategies:[\s\S]*/, 'strategies: {}\n'),
      /^walk\.yaml:11:1: strategies: names no strategy/,
    ],
    ['nothing', '', /^walk\.yaml:1:1: the file: /],
  ])('with %s is refused by file, line and key', (_what, text, message) => {
    const error = refusal(text);
    expect(error.code).toBe('scenario/invalid');
    expect(error.message).toMatch(message);
  });

  it('cannot multiply its aliases without bound', () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${Array(9).fill(i === 0 ? 'x' : `*a${i - 1}`)}]`);
    expect(refusal(`${bomb.join('\n')}\n`).message).toMatch(/alias/i);
  });
});

import { describe, expect, it } from 'vitest';
import { type VerdictEvidence, verdict } from '../../../src/lib/metrics/index.ts';

/** A search whose every rule speaks for it. */
const good: VerdictEvidence = {
  periods: 1250,
  years: 5,
  sharpe: 1.8,
  luckySharpe: 0.9,
  trials: 50,
  deflatedSharpe: 0.97,
  deflatedAlpha: 0.97,
  beyondChance: 0.98,
  minBacktestLength: 1.5,
  pbo: 0.1,
  lossProbability: 0.02,
  adjustedP: 0.004,
  spaP: 0.003,
  against: 'zero',
  persistence: [{ later: 1 / 2, before: 0.12, after: 0.1, z: 0.4 }],
};

const neighbours = { by: 'grid', neighbours: 8, chosen: 2, median: 1, worst: 0, positive: 1 } as const;
const levels: never[] = [];
const noise = { original: 2, runs: 20, median: 1, worst: 0 };

describe('the verdict', () => {
  it('is favourable when every reason speaks for it, in one line', () => {
    const found = verdict(good);
    expect(found.call).toBe('favourable');
    expect(found.line).toMatch(/^favourable: Sharpe 1\.80 a year; .*p = 0\.004/);
    expect(found.line).not.toContain('\n');
  });

  it.each<[string, Partial<VerdictEvidence>]>([
    ['edge', { sharpe: -0.1 }],
    ['edge', { sharpe: Number.NaN }],
    ['significance', { spaP: 0.6 }],
    ['significance', { adjustedP: 0.7 }],
    ['deflation', { beyondChance: 0.3 }],
    ['overfitting', { pbo: 0.6, lossProbability: 0.4 }],
    ['persistence', { persistence: [{ later: 1 / 3, before: 0.2, after: 0.01, z: 3 }] }],
    ['out-of-sample', { outOfSample: { sharpe: -0.2, probability: 0.4, decay: 1, left: -0.1 } }],
    ['out-of-sample', { outOfSample: { sharpe: 0.4, probability: 0.95, decay: 2.5, left: 0.2 } }],
    ['stability', { stability: { ...neighbours, retained: -0.1 } }],
    ['costs', { costs: { levels, breakEven: 0.8 } }],
    ['noise', { noise: { ...noise, retained: -0.2 } }],
  ])('is unfavourable when one speaks against it: %s %j', (rule, change) => {
    const found = verdict({ ...good, ...change });
    expect(found.call).toBe('unfavourable');
    expect(found.reasons.filter(({ speaks }) => speaks === 'against').map((reason) => reason.rule)).toEqual([rule]);
  });

  it.each<[string, Partial<VerdictEvidence>]>([
    ['length', { minBacktestLength: 7 }],
    ['significance', { adjustedP: 0.08 }],
    ['significance', { spaP: Number.NaN }],
    ['deflation', { beyondChance: 0.9 }],
    ['deflation', { deflatedSharpe: 0.4 }],
    ['deflation', { deflatedAlpha: 0.4 }],
    ['deflation', { deflatedSharpe: Number.NaN }],
    ['overfitting', { pbo: 0.4, lossProbability: 0.1 }],
    ['persistence', { persistence: [{ later: 1 / 2, before: 0.05, after: -0.01, z: 1 }] }],
    ['out-of-sample', { outOfSample: { sharpe: 0.4, probability: 0.7, decay: 1, left: 0.4 } }],
    ['stability', { stability: { ...neighbours, retained: 0.3 } }],
    ['costs', { costs: { levels, breakEven: 1.2 } }],
    ['noise', { noise: { ...noise, retained: 0.2 } }],
  ])('is inconclusive when one leaves it open: %s %j', (rule, change) => {
    const found = verdict({ ...good, ...change });
    expect(found.call).toBe('inconclusive');
    expect(found.reasons.filter(({ speaks }) => speaks === 'open').map((reason) => reason.rule)).toEqual([rule]);
  });

  it('says what a Sharpe ratio out of sample is of', () => {
    const outOfSample = { sharpe: 1.5, probability: 0.95, decay: 0.5, left: 0.8 };
    const said = (against: VerdictEvidence['against']): readonly string[] =>
      verdict({ ...good, against, outOfSample }).reasons.map(({ text }) => text);
    expect(said('zero')).toContain('out of sample Sharpe 1.50');
    expect(said('benchmark')).toContain('out of sample Sharpe beyond the benchmark 1.50');
  });

  it('says which deflated Sharpe ratio it goes by: the lesser one', () => {
    const said = (change: Partial<VerdictEvidence>): string =>
      verdict({ ...good, ...change }).reasons.find(({ rule }) => rule === 'deflation')!.text;
    expect(said({ deflatedSharpe: 0.9, deflatedAlpha: 0.6 })).toBe('deflated Sharpe beyond the benchmark 0.60');
    expect(said({ deflatedSharpe: 0.6, deflatedAlpha: 0.9 })).toBe('deflated Sharpe 0.60');
  });

  it('counts nothing for a set, nor halves of time against it, where there are too few periods to tell', () => {
    const few = { ...good, periods: 7, pbo: 0, noise: { ...noise, retained: 0.9 } };
    const { call, reasons, line } = verdict(few);
    expect(call).toBe('inconclusive');
    expect(new Set(reasons.map(({ speaks }) => speaks))).toEqual(new Set(['open']));
    expect(line).toBe(
      'inconclusive: 7 periods are too few; at least 60; whether the best stays good on other days cannot be told from 7 periods; whether the edge lasts cannot be told from 7 periods',
    );
    expect(verdict({ ...few, pbo: 1, lossProbability: 1 }).call).toBe('inconclusive');
    expect(verdict({ ...few, sharpe: -1 }).call).toBe('unfavourable');
  });

  it.each<[string, Partial<VerdictEvidence>]>([
    ['choosing among sets that all gain', { pbo: 0.5, lossProbability: 0.01 }],
    ['no comparison of halves for a single set', { pbo: Number.NaN }],
    ['no costs', { costs: { levels, breakEven: Number.POSITIVE_INFINITY } }],
    ['no neighbours', { stability: { ...neighbours, neighbours: 0, retained: Number.NaN } }],
    ['a lasting edge out of sample', { outOfSample: { sharpe: 1.5, probability: 0.95, decay: 0.5, left: 0.8 } }],
    ['neighbours that hold', { stability: { ...neighbours, retained: 0.7 } }],
    ['jitter that leaves most', { noise: { ...noise, retained: 0.9 } }],
    ['undefined decay', { persistence: [{ later: 1 / 2, before: Number.NaN, after: Number.NaN, z: Number.NaN }] }],
  ])('stays favourable with %s', (_, change) => {
    expect(verdict({ ...good, ...change }).call).toBe('favourable');
  });
});

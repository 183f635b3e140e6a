import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verdictLimits } from '../../src/lib/metrics/index.ts';
import { typeProblems } from './page.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/honesty.md', import.meta.url)), 'utf8');

describe('docs/honesty.md', () => {
  it('shows code without type errors', { timeout: 180_000 }, () => {
    expect(typeProblems('docs/honesty.md')).toEqual([]);
  });

  it('states the limits that the rules use', () => {
    const rule = (name: string): string =>
      page.split('\n').find((line) => line.startsWith(`| ${name} |`) && !line.includes('?')) ?? '';
    const { significance, deflated, overfitting, decay, outOfSample, breakEven, periods } = verdictLimits;
    for (const [name, ...limits] of [
      ['length', periods.for],
      ['significance', significance.for, significance.against],
      ['deflation', deflated.for, deflated.published, deflated.against],
      ['overfitting', overfitting.for, overfitting.harmless, overfitting.against, overfitting.harmful],
      ['persistence', decay.z],
      ['out of sample', outOfSample.for],
      ['costs', breakEven.for],
    ] as const)
      for (const limit of limits) expect(rule(name), name).toContain(String(limit));
  });
});

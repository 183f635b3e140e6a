/** The page on features shows a specification that is accepted, and the standard channels that there are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFeatureSpec, standardChannels } from '../../src/lib/features/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/features.md'), 'utf8');

describe('docs/features.md', () => {
  it('shows a specification with the defaults that it names', () => {
    const [, shown = ''] = page.match(/```json\n([\s\S]*?)```/) ?? [];
    const spec = parseFeatureSpec(JSON.parse(shown), 'docs/features.md');
    const { dct, pca, whitening } = spec.embedding;
    expect([spec.windowRows, dct, whitening.keep, pca, spec.peaks.quantile]).toEqual([24, 6, 0.9, 16, 0.92]);
    expect([spec.normalisation.bucketSlots, spec.peaks.after]).toEqual([15, 2]);
  });

  it('lists the standard channels', () => {
    const listed = [...page.matchAll(/^\| ([a-z]+) \| (?!what it is)/gm)].map((m) => m[1]);
    expect(listed).toEqual(Object.keys(standardChannels));
  });
});

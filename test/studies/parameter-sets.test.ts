/** What a strategy reads anywhere in a space is known before the first trial, however the artifact hangs on the parameters. */
import { describe, expect, it } from 'vitest';
import { defineStrategy, integer, number, text } from '../../src/lib/index.ts';
import { parseSpace } from '../../src/lib/optimize/index.ts';
import { artifactReferences, type Strategy } from '../../src/lib/strategy/index.ts';
import { standingSets } from '../../src/lib/studies/parameter-sets.ts';

type Params = {
  readonly model: string;
  readonly horizon: number;
  readonly level: number;
  readonly kind: string;
};

const reader = (reference: (p: Params) => string): Strategy =>
  defineStrategy({
    name: 'reader',
    params: {
      fast: integer({ default: 3, min: 1, max: 50 }),
      slow: integer({ default: 3, min: 1, max: 50 }),
      horizon: integer({ default: 3, min: 1, max: 50 }),
      level: number({ default: 1, min: 0, max: 9 }),
      kind: text({ default: 'plain' }),
      model: text({ default: 'levels@production' }),
    },
    artifacts: { levels: { reference, decode: () => 0 } },
    target: () => 0,
  }) as unknown as Strategy; // its own parameters are those of every strategy here

const referencesOf = (strategy: Strategy, space: Record<string, string>): ReadonlySet<string> =>
  new Set(
    standingSets(strategy, parseSpace(strategy, { space })).flatMap((params) => artifactReferences(strategy, params)),
  );

describe('the sets that stand for a space', () => {
  it('read each artifact of a list of any length, beside however many other parameters', () => {
    const models = Array.from({ length: 300 }, (_, k) => `levels@a${k}`);
    const found = referencesOf(
      reader((p) => p.model),
      { fast: '1:50', slow: '1:50', level: '0:9', model: models.join(',') },
    );
    expect(found).toEqual(new Set(models));
  });

  it('read those between the corners, and those that only some values of another parameter ask for', () => {
    const strategy = reader((p) => (p.kind === 'plain' ? 'levels@plain' : `levels@h${p.horizon}`));
    expect(referencesOf(strategy, { kind: 'plain,by-horizon', horizon: '2:8:2' })).toEqual(
      new Set(['levels@plain', 'levels@h2', 'levels@h4', 'levels@h6', 'levels@h8']),
    );
  });

  it('cannot be told where artifacts hang on a number without steps', () => {
    const strategy = reader((p) => `levels@l${p.level}`);
    expect(() => referencesOf(strategy, { level: '0:9' })).toThrow(
      '--space: level decides which artifact is read, and varies without steps; give it a list, or larger steps',
    );
    expect(referencesOf(strategy, { level: '0:1:0.5' })).toEqual(new Set(['levels@l0', 'levels@l0.5', 'levels@l1']));
  });
});

/** A strategy's artifacts: decoded once in each run, handed to every function, and changed only for a version it can work with. */
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import {
  type ArtifactSet,
  bars,
  checkDefinition,
  defaultRunConfig,
  defineStrategy,
  integer,
  type LoadedArtifact,
  resolveParams,
  roc,
  runBacktest,
  type Strategy,
  text,
} from '../../src/lib/index.ts';
import { bindArtifacts } from '../../src/lib/strategy/index.ts';
import { panel } from '../market.ts';

type Levels = { readonly lookback: number; readonly seen: string[] };

function readLevels(content: unknown): Levels {
  if (typeof content !== 'object' || content === null || !('lookback' in content))
    throw new Error('it has no lookback');
  return { lookback: Number(content.lookback), seen: [] };
}

const levels = (lookback: unknown, hash = 'a'.repeat(64)): LoadedArtifact => ({
  reference: 'levels@production',
  hash,
  kind: 'levels',
  params: {},
  content: lookback === undefined ? {} : { lookback: Number(lookback) },
});
const given = (artifact: LoadedArtifact): ArtifactSet => ({ [artifact.reference]: artifact });

const follower = defineStrategy({
  name: 'follower',
  params: { model: text({ default: 'levels@production' }), size: integer({ default: 1, min: 1, max: 5 }) },
  artifacts: {
    levels: { reference: (p) => p.model, decode: readLevels, hint: 'make one with node make-levels.mjs' },
  },
  // Everything below is typed by the decoder: lookback is a number, seen a list.
  signals: ({ close }, _p, { levels }) => ({ rise: roc(close, levels.lookback) }),
  target: (row, p, _held, { levels }) => (row.rise > 0 ? p.size / 5 / levels.lookback : 0),
  onBar: (ctx) => {
    ctx.artifacts.levels.seen.push(ctx.symbol);
    if (ctx.artifacts.levels.seen.length === 1) ctx.log(`lookback ${ctx.artifacts.levels.lookback}`);
  },
});
const params = resolveParams(follower);
const run = (artifacts: ArtifactSet) =>
  runBacktest({
    strategy: follower,
    params,
    artifacts,
    source: blocksFromBars(panel(['A', 'B'], 60, 1)),
    config: defaultRunConfig,
  });

describe('a strategy with an artifact', () => {
  it('computes signals and targets with it', () => {
    const fast = run(given(levels(3)));
    const slow = run(given(levels(20)));
    expect(fast.orders.length).toBeGreaterThan(0);
    expect([...slow.equity.equity]).not.toEqual([...fast.equity.equity]);
  });

  it('has what its decoder made to itself in each run', () => {
    const artifacts = given(levels(3));
    const first = run(artifacts);
    const second = run(artifacts);
    expect([...first.log].map(({ message }) => message)).toEqual(['lookback 3']);
    expect([...second.log]).toEqual([...first.log]);
    expect([...second.equity.equity]).toEqual([...first.equity.equity]);
  });

  it('does not begin without it, and says which one and how to come by it', () => {
    expect(() => run({})).toThrow(
      expect.objectContaining({
        code: 'usage/unknown-artifact',
        message:
          "follower: it needs the artifact 'levels@production', which it was not given; make one with node make-levels.mjs",
      }),
    );
  });

  it('does not begin with one that its decoder refuses', () => {
    expect(() => run(given(levels(undefined)))).toThrow(
      expect.objectContaining({ code: 'strategy/bad-artifact', found: 'it has no lookback' }),
    );
  });
});

describe('signals made from an artifact', () => {
  it('are checked like all others, once there is one', () => {
    const named = defineStrategy({
      name: 'named',
      artifacts: { levels: { reference: () => 'levels@production', decode: readLevels } },
      signals: ({ close }, _p, { levels }) => ({ [levels.lookback === 3 ? 'open' : 'rise']: roc(close, 1) }),
      target: () => 1,
    });
    expect(() => bindArtifacts(named, {}, given(levels(3)))).toThrow(/signal name 'open' is taken/);
    expect(Object.keys(bindArtifacts(named, {}, given(levels(4))).strategy.signals?.(bars, {}) ?? {})).toEqual([
      'rise',
    ]);
  });
});

describe('a new version', () => {
  const reader = defineStrategy({
    name: 'reader',
    artifacts: { levels: { reference: () => 'levels@production', decode: readLevels } },
    target: (_row, _p, _held, { levels }) => levels.lookback,
  });
  const target = (strategy: Strategy): number | undefined => strategy.target?.({} as never, {}, 0);

  it('takes the place of the one before in every function', () => {
    const bound = bindArtifacts(reader, {}, given(levels(3)));
    expect(target(bound.strategy)).toBe(3);
    expect(bound.take(levels(5, 'b'.repeat(64)))).toEqual([
      { level: 'info', message: `levels@production is ${'b'.repeat(12)} now` },
    ]);
    expect([target(bound.strategy), bound.values['levels']]).toEqual([5, { lookback: 5, seen: [] }]);
    expect(bound.take({ ...levels(7), reference: 'other@production' })).toEqual([]);
    expect(target(bound.strategy)).toBe(5);
  });

  it('that is refused, or that needs other signals, leaves the one before in use and says why', () => {
    const bound = bindArtifacts(follower, params, given(levels(3)));
    for (const [version, why] of [
      [levels(undefined), 'it has no lookback'],
      [levels(4), 'other signals'],
    ] as const) {
      expect(bound.take(version)).toEqual([{ level: 'warn', message: expect.stringContaining(why) }]);
      expect(bound.values['levels']).toMatchObject({ lookback: 3 });
    }
    expect(bound.take(levels(3))[0]?.level).toBe('info');
  });
});

describe('a definition', () => {
  it('with artifacts that are none is refused', () => {
    for (const artifacts of [7, { levels: 7 }, { levels: { reference: 'x' } }])
      expect(() => checkDefinition({ name: 'x', target: () => 0, artifacts })).toThrow(
        expect.objectContaining({ code: 'strategy/load-failed', found: expect.stringContaining('artifact') }),
      );
    expect(checkDefinition(follower)).toBe(follower);
  });
});

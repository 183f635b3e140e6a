import { describe, expect, it } from 'vitest';
import { constant, field } from '../../src/lib/indicators/index.ts';
import { checkDefinition, defineStrategy, integer } from '../../src/lib/strategy/index.ts';

const target = () => 1;
const close = field('close');

describe('checkDefinition', () => {
  it('passes a strategy through unchanged', () => {
    const strategy = defineStrategy({
      name: 'sound',
      params: { n: integer({ default: 2, min: 1, max: 3 }) },
      signals: (bars, p) => ({ level: bars.close, k: constant(p.n) }),
      universe: (bars) => bars.volume,
      target: (row) => row.level,
      rebalance: 'month',
      allocation: 'slots',
    });
    expect(checkDefinition(strategy)).toBe(strategy);
  });

  it('is content with a handler in place of a target', () => {
    expect(checkDefinition({ name: 'handler', onBar: () => {} }).name).toBe('handler');
  });

  it('recognises expressions by shape, so another copy of the library serves as well', () => {
    expect(checkDefinition({ name: 'copy', signals: () => ({ x: { ...close } }), target }).name).toBe('copy');
  });

  it.each([
    [undefined, 'no strategy is exported; write export default defineStrategy({ … })'],
    [[], 'no strategy is exported'],
    [{ target }, 'name is missing'],
    [{ name: '2fast', target }, 'name is "2fast"'],
    [{ name: 'a' }, 'neither a target nor a handler'],
    [{ name: 'a', target, signal: 1 }, "'signal' is no part of a strategy; did you mean signals?"],
    [{ name: 'a', onBar: () => {}, exits: () => ({}) }, 'it has exits but no target'],
    [{ name: 'a', target: 1 }, 'target is not a function'],
    [{ name: 'a', target, rebalance: 'monthly' }, 'rebalance is "monthly"; write one of change, bar'],
    [{ name: 'a', target, allocation: 7 }, 'allocation is 7'],
    [{ name: 'a', target, params: 1 }, 'params is not an object'],
    [{ name: 'a', target, params: { 'b-c': {} } }, "parameter name 'b-c' is not an identifier"],
    [{ name: 'a', target, params: { b: 3 } }, 'parameter b has no type'],
    [{ name: 'a', target, params: { b: { type: 'number', default: 1 } } }, 'parameter b has no range'],
    [{ name: 'a', target, params: { b: { type: 'choice', default: 'x' } } }, 'parameter b has no options'],
    [
      { name: 'a', target, params: { b: { type: 'integer', default: 9, min: 1, max: 3 } } },
      'default of parameter b: 9 is above the maximum 3',
    ],
    [{ name: 'a', target, signals: () => 3 }, 'signals returns no object'],
    [{ name: 'a', target, signals: () => ({ time: close }) }, "signal name 'time' is taken"],
    [{ name: 'a', target, signals: () => ({ 'a b': close }) }, "signal name 'a b' is not an identifier"],
    [{ name: 'a', target, signals: () => ({ x: 3 }) }, 'signal x is a number, not an expression; wrap it: constant(…)'],
    [{ name: 'a', target, signals: () => ({ x: { upper: close } }) }, 'pick one, for example .upper'],
    [{ name: 'a', target, signals: () => ({ x: undefined }) }, 'signal x is undefined'],
    [{ name: 'a', target, signals: () => ({ x: [close] }) }, 'signal x is a list'],
    [
      {
        name: 'a',
        target,
        signals: () => {
          throw new Error('boom');
        },
      },
      'signals throws with the default parameters: boom',
    ],
    [{ name: 'a', target, universe: () => 1 }, 'universe returns a number'],
  ])('refuses %#: %j', (value, message) => {
    expect(() => checkDefinition(value, 'mine.ts')).toThrow(expect.objectContaining({ code: 'strategy/load-failed' }));
    expect(() => checkDefinition(value, 'mine.ts')).toThrow('mine.ts: ');
    expect(() => checkDefinition(value, 'mine.ts')).toThrow(message);
  });
});

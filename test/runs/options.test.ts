/** Terms of an account that no account can have. */
import { describe, expect, it } from 'vitest';
import { configOf } from '../../src/lib/runs/index.ts';

const terms = (account: Parameters<typeof configOf>[0]['account']) => () =>
  configOf({ ...(account === undefined ? {} : { account }) }, 252, 0).account;

describe('leverage and maintenance', () => {
  it('are refused together when a fully used account would meet a margin call at once', () => {
    expect(terms({ leverage: 4 })).toThrow(/leverage 4 x maintenance 0\.25 is 1: .*--maintenance 0\.13/);
    expect(terms({ leverage: 2, maintenance: 0.6 })).toThrow(/--leverage, --maintenance.*1\.2.*--maintenance 0\.25/);
  });

  it('fit as the hint says', () => {
    for (const leverage of [0.5, 1, 2, 3, 7, 100, 1000]) {
      const hint = /--maintenance (\S+) with/.exec(messageOf(terms({ leverage, maintenance: 0.999 }))) ?? ['', '0.5'];
      expect(terms({ leverage, maintenance: Number(hint[1]) })()).toMatchObject({ leverage });
    }
  });

  it('do not concern a cash account', () => {
    expect(terms({ kind: 'cash', leverage: 8 })().kind).toBe('cash');
  });

  it.each([
    ['leverage', 0],
    ['leverage', Number.NaN],
    ['leverage', Number.POSITIVE_INFINITY],
    ['maintenance', 1],
    ['maintenance', -0.1],
    ['cash', 0],
    ['cash', Number.NaN],
    ['borrowRate', -1],
    ['interestRate', Number.NaN],
  ])('as %s = %d are out of range', (key, value) => {
    expect(terms({ [key]: value })).toThrow(/is out of range; give/);
  });
});

function messageOf(call: () => unknown): string {
  try {
    call();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  createRng,
  didYouMean,
  errorCodes,
  exitCodes,
  hashJson,
  invariant,
  nearest,
  SigmaError,
  sha256,
  unreachable,
} from '../../src/lib/core/index.ts';

describe('canonical JSON', () => {
  it('does not depend on the order in which keys were written', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  });

  it('leaves undefined members out and refuses numbers that JSON has not', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson([Number.NaN])).toThrow('no canonical JSON for NaN');
  });

  it('keeps every number to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) =>
        Object.is(JSON.parse(canonicalJson(x)), x === 0 ? 0 : x),
      ),
    );
  });
});

describe('hashes', () => {
  it('are SHA-256 of the parts in order', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'); // FIPS 180-2, appendix B.1
    expect(sha256('a', new TextEncoder().encode('bc'))).toBe(sha256('abc'));
    expect(hashJson({ b: 1, a: 2 })).toBe(createHash('sha256').update('{"a":2,"b":1}').digest('hex'));
  });
});

describe('the random number generator', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, createRng(seed).next);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('forks streams that do not depend on what was drawn before', () => {
    const a = createRng(1);
    const before = a.fork('prices').next();
    a.next();
    expect(a.fork('prices').next()).toBe(before);
    expect(a.fork('volumes').next()).not.toBe(before);
  });

  it('draws uniform and normal numbers with the right moments', () => {
    const rng = createRng(42);
    const n = 200_000;
    const normals = Float64Array.from({ length: n }, rng.normal);
    const mean = normals.reduce((s, x) => s + x, 0) / n;
    const variance = normals.reduce((s, x) => s + (x - mean) ** 2, 0) / n;
    const kurtosis = normals.reduce((s, x) => s + (x - mean) ** 4, 0) / n / variance ** 2;
    // Four standard errors: 4/sqrt(n), 4*sqrt(2/n), 4*sqrt(24/n).
    expect(Math.abs(mean)).toBeLessThan(0.009);
    expect(Math.abs(variance - 1)).toBeLessThan(0.0127);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.044);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < n; i++) counts[rng.integer(10)]!++;
    const chi = counts.reduce((s, c) => s + (c - n / 10) ** 2 / (n / 10), 0);
    expect(chi).toBeLessThan(27.9); // 99.9 % of chi-squared with 9 degrees of freedom
  });
});

describe('near names', () => {
  it('are suggested nearest first and only when near', () => {
    expect(nearest('momentm', ['momentum', 'mean-reversion', 'breakout'])).toEqual(['momentum']);
    expect(didYouMean('xyz', ['momentum'])).toBe('');
    expect(didYouMean('pair', ['pairs', 'breakout'])).toBe('did you mean pairs?');
  });
});

describe('errors', () => {
  it('say where, what was found and what to do, and carry the exit code of their kind', () => {
    const error = new SigmaError('data/unsorted', 'time 2021-03-04 comes after 2021-03-05', {
      where: 'btc.csv:88',
      hint: 'sort the file',
    });
    expect(error.message).toBe('btc.csv:88: time 2021-03-04 comes after 2021-03-05; sort the file');
    expect(error.exitCode).toBe(exitCodes.data);
    expect(new SigmaError('usage/bad-option', 'no').exitCode).toBe(2);
  });

  it('keep their cause', () => {
    const cause = new Error('disk');
    expect(new SigmaError('store/write-failed', 'no space', { cause }).cause).toBe(cause);
  });

  it('are listed in docs/errors.md, all of them and no others', () => {
    const docs = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8');
    const listed = [...docs.matchAll(/^\| `([a-z]+\/[a-z-]+)` \|/gm)].map((m) => m[1]!);
    expect(listed.sort()).toEqual(Object.keys(errorCodes).sort());
  });

  it('distinguish our own bugs', () => {
    expect(() => invariant(false, 'cash is conserved')).toThrow('invariant broken: cash is conserved');
    expect(() => unreachable('flat' as never)).toThrow('unreachable: "flat"');
  });
});

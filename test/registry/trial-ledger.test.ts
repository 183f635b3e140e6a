import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTrialLedger, type LedgerSubject, trialKeys, trialKeysOf } from '../../src/lib/registry/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const momentum: LedgerSubject = { strategy: 'momentum', lineage: 'a', data: 'us', contentHash: 'h1', variant: '' };

async function record(subject: LedgerSubject, sharpes: readonly number[], first = 0, periods = 100): Promise<void> {
  const book = fileTrialLedger(folder).open(subject);
  book.record({
    keys: trialKeys(
      subject.lineage,
      sharpes.map((_, k) => ({ lookback: first + k })),
    ),
    sharpes: Float64Array.from(sharpes),
    periods: new Float64Array(sharpes.length).fill(periods),
  });
  await book.close();
}

const evidence = (subject: LedgerSubject = momentum) => fileTrialLedger(folder).evidence(subject);

describe('the ledger of trials', () => {
  it('counts a parameter set once, however often it is tried', async () => {
    await record(momentum, [1, 2, 3]);
    await record(momentum, [1, 2, 3]);
    await record(momentum, [4], 3);
    expect(evidence().count).toBe(4);
    // Of 1, 2, 3, 4: 5 / 3.
    expect(evidence().annualSharpeVariance).toBeCloseTo(5 / 3, 12);
  });

  it('lets the measurement over most periods stand for a set, and leaves undefined ones out of the variance', async () => {
    await record(momentum, [1, 2], 0, 1000);
    await record(momentum, [9, 9], 0, 10);
    await record(momentum, [Number.NaN], 2);
    expect(evidence()).toEqual({ count: 3, annualSharpeVariance: 0.5 });
  });

  it('keeps renamed code and edited code in the family, and the data under another name or content', async () => {
    await record(momentum, [1]);
    await record({ ...momentum, lineage: 'b' }, [1]);
    await record({ ...momentum, strategy: 'better-momentum' }, [1], 5);
    await record({ ...momentum, contentHash: 'h2' }, [1], 6);
    await record({ ...momentum, data: 'copy' }, [1], 7);
    expect(evidence().count).toBe(5);
    expect(evidence({ ...momentum, strategy: 'better-momentum', lineage: 'c' }).count).toBe(5);
  });

  it('keeps other families and other data apart', async () => {
    await record(momentum, [1, 2]);
    await record({ ...momentum, strategy: 'other', lineage: 'z' }, [1]);
    await record({ ...momentum, data: '', contentHash: 'h9' }, [1]);
    expect(evidence().count).toBe(2);
    expect(evidence({ ...momentum, data: '', contentHash: 'h8' }).count).toBe(0);
  });

  it('loses nothing but the torn end to a crash, and goes on behind it', async () => {
    await record(momentum, [1, 2]);
    await record(momentum, [3], 2);
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.trials'));
    truncateSync(join(folder, name), 12 + 8 + 2 * 24 + 20);
    expect(evidence().count).toBe(2);
    await record(momentum, [4], 3);
    expect(evidence().count).toBe(3);
    appendFileSync(join(folder, 'books.jsonl'), '{"book":"torn');
    await record(momentum, [5], 4);
    expect(evidence().count).toBe(4);
  });

  it('sees at once what other processes record', async () => {
    const book = fileTrialLedger(folder).open(momentum);
    await record(momentum, [1, 2]);
    expect(book.evidence().count).toBe(2);
    // A torn end that is written whole later, by somebody else, is read then.
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.trials'));
    const whole = readFileSync(join(folder, name));
    await record(momentum, [3, 4, 5], 2);
    const longer = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), longer.subarray(0, whole.length + 30));
    expect(book.evidence().count).toBe(2);
    writeFileSync(join(folder, name), longer);
    expect(book.evidence()).toEqual(evidence());
    expect(book.evidence().count).toBe(5);
    await book.close();
  });

  it('is not written where it cannot be', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => fileTrialLedger(join(folder, 'file')).open(momentum)).toThrow(/could not be written/);
  });

  it('gives equal sets equal keys, in any order of their names, and others other keys', () => {
    const [low, high, ...rest] = trialKeys('r', [
      { a: 1, b: 'x', c: true },
      { a: 0, b: 'x', c: true },
    ]);
    expect([...trialKeys('r', [{ c: true, b: 'x', a: 1 }])]).toEqual([low, high]);
    expect(rest).not.toEqual([low, high]);
    expect([...trialKeys('r', [{ a: -0 }])]).toEqual([...trialKeys('r', [{ a: 0 }])]);
    expect([...trialKeys('s', [{ a: 1, b: 'x', c: true }])]).not.toEqual([low, high]);
    // In columns, where some parameters are the same for all sets.
    const sets = [0.5, -0, 3].map((b, k) => ({ a: 7, b, c: ['x', 'y', 'x'][k]!, d: 'z', e: true }));
    const columns = [
      { name: 'd', value: 'z' },
      { name: 'c', values: ['x', 'y', 'x'] },
      { name: 'e', value: true },
      { name: 'b', values: Float64Array.of(0.5, -0, 3) },
      { name: 'a', value: 7 },
    ];
    expect([...trialKeysOf('r', columns, 3)]).toEqual([...trialKeys('r', sets)]);
    const many = trialKeys(
      'r',
      Array.from({ length: 50_000 }, (_, k) => ({ a: k, b: k * 0.001 })),
    );
    const words = new Set(Array.from({ length: 50_000 }, (_, k) => `${many[2 * k]} ${many[2 * k + 1]}`));
    expect(words.size).toBe(50_000);
  });
});

/** Trials on worker threads: the same bits as in this thread, whatever the number of threads, and no trial lost when a thread dies. */
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createThreadPool } from '../../src/lib/workers/index.ts';
import { bitsOf, expectedOf, sampleSpec, sets } from './sample-sweep.ts';

const pools = [1, 2].map(createThreadPool);

afterAll(async () => {
  for (const pool of pools) await pool.close();
});

/** A strategy that kills its thread while the named environment variable is what it was when the test began. */
const deadly = `import { defineStrategy, number } from 'sigma-quant';
export default defineStrategy({ name: 'deadly', params: { x: number({ default: 0, min: 0, max: 9 }) }, signals: ({ close }, p) => { if (p.x === 6) process.exit(7); return { price: close }; }, target: () => 1 });`;

const throwing = `import { defineStrategy, number } from 'sigma-quant';
export default defineStrategy({ name: 'throwing', params: { x: number({ default: 0, min: 0, max: 9 }) }, signals: ({ close }) => ({ price: close }), target: (row, p) => { if (p.x === 6) throw new Error('six'); return 1; } });`;

describe('the thread pool', () => {
  it('has a build to run', () => expect(inject('buildProblem')).toBe(''));

  for (const pool of pools) {
    it(`gives on ${pool.threads} threads the bits that one thread gives`, async () => {
      const spec = await sampleSpec();
      const executor = await pool.open(spec);
      const expected = await expectedOf(spec);
      const halves = await Promise.all([
        executor.evaluate(sets.slice(0, 3), { returns: true }),
        executor.evaluate(sets.slice(3), { returns: true }),
      ]);
      const [first, second] = halves.map(bitsOf);
      const whole = bitsOf(expected);
      for (const name of Object.keys(whole)) expect(first![name]! + second![name]!).toBe(whole[name]);
      expect(executor.lanes).toBe(pool.threads);
      expect(executor.periodEnds.length).toBe(expected.returns!.length / sets.length);
      await executor.close();
    });
  }

  it('reports a parameter set that throws and evaluates the others', async () => {
    const spec = await sampleSpec();
    const executor = await pools[0]!.open({ ...spec, strategy: { origin: 'throwing.ts', code: throwing } });
    const result = await executor.evaluate([{ x: 1 }, { x: 6 }, { x: 2 }]);
    expect([...result.failures.keys()]).toEqual([1]);
    expect(result.failures.get(1)).toMatchObject({ code: 'strategy/threw' });
    expect(result.figures.finalEquity[0]).toBe(result.figures.finalEquity[2]);
    expect(result.figures.finalEquity[1]).toBeNaN();
  });

  it('gives up parameters that kill their thread twice, and goes on with others', async () => {
    const spec = await sampleSpec();
    const executor = await pools[1]!.open({ ...spec, strategy: { origin: 'deadly.ts', code: deadly } });
    await expect(executor.evaluate([{ x: 6 }])).rejects.toMatchObject({ code: 'service/worker-died' });
    const result = await executor.evaluate([{ x: 1 }]);
    expect(result.figures.finalEquity[0]).toBeGreaterThan(0);
  });

  it('does not blame what lay ready behind them', async () => {
    const spec = await sampleSpec();
    const executor = await pools[0]!.open({ ...spec, strategy: { origin: 'deadly.ts', code: deadly } });
    const asked = [1, 6, 2, 3, 6, 6, 4].map((x) => executor.evaluate([{ x }]));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, false, false, true]);
  });

  it('refuses a strategy that does not load, with its error', async () => {
    const spec = await sampleSpec();
    const broken = pools[0]!.open({ ...spec, strategy: { origin: 'broken.ts', code: 'export default {' } });
    await expect(broken).rejects.toMatchObject({ code: 'strategy/load-failed' });
  });

  it('refuses work for a sweep that was closed', async () => {
    const executor = await pools[0]!.open(await sampleSpec());
    await executor.close();
    await expect(executor.evaluate(sets)).rejects.toThrow('closed');
  });
});

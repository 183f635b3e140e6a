import { describe, expect, it } from 'vitest';
import { runExperiment } from '../../src/lib/lab/index.ts';

const small = { plan: { seeds: 1, firstSeed: 1, nulls: 1 }, size: { instruments: 6, days: 8, slots: 60 } };

describe('the experiment on threads', () => {
  it('gives the same bytes on one thread and on two, and a row for every gate', async () => {
    const steps: number[] = [];
    const one = await runExperiment({ ...small, threads: 1, onProgress: (done) => steps.push(done) });
    const two = await runExperiment({ ...small, threads: 2 });
    expect(two.hash).toBe(one.hash);
    expect(two.results).toEqual(one.results);
    expect(steps).toEqual(one.results.map((_, k) => k + 1));
    expect(one.gates.length).toBeGreaterThan(15);
  });

  it('stops when it is asked to', async () => {
    const stop = new AbortController();
    const stopped = runExperiment({ ...small, threads: 1, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'run/interrupted' });
  });
});

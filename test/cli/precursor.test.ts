/** From a distilled artifact to a backtest by name: what is missing is explained, what was read is noted, and a promotion changes nothing that was. */
import { describe, expect, it } from 'vitest';
import { writeParquet } from '../../src/lib/data/index.ts';
import { type ArtifactDraft, openRegistry, type PrecursorArtifact } from '../../src/lib/index.ts';
import { plantedPrecursors } from '../strategies/precursor-model.ts';
import { inFolder } from './sigma.ts';

const { bars, artifact } = plantedPrecursors(3);
const backtest = ['backtest', '-s', 'precursor', '--data', 'planted.parquet'] as const;

function draft(document: PrecursorArtifact): ArtifactDraft {
  return {
    description: {
      kind: 'precursor',
      name: 'precursors',
      inputs: [],
      codeHash: '',
      seed: 1,
      params: {},
      splits: {},
      trials: document.fitted.trials,
      metrics: {},
      parents: {},
      versions: { sigma: '', node: '' },
    },
    content: { 'precursor.json': Buffer.from(JSON.stringify(document)) },
    source: 'a test',
  };
}

describe('sigma backtest --strategy precursor', () => {
  it('explains what is missing, notes what it read, and is reproduced after a promotion', {
    timeout: 180_000,
  }, async () => {
    await inFolder({}, async (here) => {
      await writeParquet(here.path('planted.parquet'), bars);
      const missing = await here.sigma(backtest);
      expect(missing.stderr).toMatch(
        /strategy precursor: the registry has no artifact 'precursors@production'.*sigma distill/,
      );
      expect(missing.code).toBe(2);

      const store = openRegistry(here.path('artifacts'));
      const { hash } = await store.save(draft(artifact));
      await store.move({ hash, alias: 'production', action: 'promote', note: '' });
      const made = await here.sigma([...backtest, '--json']);
      expect(made.stderr).not.toContain('bug');
      expect(made.code).toBe(0);
      const shown = await here.sigma(['runs', 'show', 'latest', '--json']);
      expect(JSON.parse(shown.stdout).manifest.artifacts).toEqual({ 'precursors@production': hash });

      const stricter = { ...artifact, budget: { ...artifact.budget, perDay: 1 } };
      const next = (await store.save(draft(stricter))).hash;
      await store.move({ hash: next, alias: 'production', action: 'promote', note: '' });
      expect((await here.sigma(['reproduce', 'latest'])).stdout).toContain('equal to the byte');
      const other = await here.sigma([...backtest, '--json']);
      expect(JSON.parse(other.stdout).id).not.toBe(JSON.parse(made.stdout).id);
      // What a stored run read is no garbage, whatever aliases say.
      expect((await here.sigma(['registry', 'gc', '--grace', '0'])).stdout).toContain('removed 0 artifacts');

      const checked = await here.sigma([
        'strategies',
        'check',
        'precursor',
        '--data',
        'planted.parquet',
        '--cuts',
        '2',
      ]);
      expect(checked.stdout).toContain('no look-ahead found');
    });
  });
});

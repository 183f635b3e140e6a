/** A small artifact to store, and a registry in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { SigmaError } from '../../../src/lib/core/index.ts';
import { type ArtifactDescription, type ArtifactDraft, fileArtifactStore } from '../../../src/lib/registry/index.ts';

const description: ArtifactDescription = {
  kind: 'levels',
  name: 'levels',
  inputs: [
    {
      name: 'us-equities',
      contentHash: 'da7a',
      rows: 252,
      from: '2021-01-04T00:00:00.000Z',
      to: '2021-12-31T00:00:00.000Z',
      ingestedUntil: '2022-01-01T00:00:00.000Z',
    },
  ],
  codeHash: 'c0de',
  features: { schema: 'sigma.features/1', channels: [{ name: 'return', expression: 'roc(close, 1)' }] },
  seed: 7,
  params: { horizon: 30 },
  splits: { discovery: { from: '2021-01-04', to: '2021-07-01' } },
  trials: 12,
  metrics: { precision: 0.4, lift: null },
  parents: {},
  versions: { sigma: '0.1.0', node: '20.20.2' },
};

/** @param level what its document says */
export function draft(level: number, changes: Partial<ArtifactDescription> = {}): ArtifactDraft {
  return {
    description: { ...description, ...changes },
    content: { 'levels.json': Buffer.from(JSON.stringify({ schema: 'sigma.levels/1', level })) },
    source: 'a test',
  };
}

/** The folder of the test that runs, made before it and removed after it. */
export function inRegistry() {
  const here = { folder: '', root: '' };
  beforeEach(async () => {
    here.folder = await mkdtemp(join(tmpdir(), 'sigma-registry-'));
    here.root = join(here.folder, 'registry');
  });
  afterEach(() => rm(here.folder, { recursive: true, force: true }));
  return {
    path: (...parts: readonly string[]) => join(here.folder, ...parts),
    root: () => here.root,
    store: () => fileArtifactStore(here.root),
  };
}

/** The code of the error that the work ends with. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof SigmaError ? error.code : String(error)),
  );

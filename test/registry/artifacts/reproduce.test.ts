/** An artifact of a small real kind is made again from its inputs and parents, by a function that the program supplies. */
import { describe, expect, it } from 'vitest';
import {
  type ArtifactDraft,
  type ArtifactStore,
  type Rebuild,
  reproduceArtifact,
  type StoredArtifact,
} from '../../../src/lib/registry/index.ts';
import { catalogMarkets } from '../../../src/lib/runs/catalog-markets.ts';
import { codeOf, draft, inRegistry } from './sample.ts';

const registry = inRegistry();
const bytes = (document: unknown): Uint8Array => Buffer.from(JSON.stringify(document));
const params = ({ manifest }: Pick<StoredArtifact, 'manifest'>) => manifest.params as Readonly<Record<string, string>>;

/** The closes of one instrument of a data set, as little-endian doubles. */
async function closes(symbol: string): Promise<Omit<ArtifactDraft, 'source'>> {
  const { info, read } = await catalogMarkets().open('us-bars');
  const [bars] = await read({ symbols: [symbol], from: info.from, to: info.to + 1 });
  const range = { from: new Date(info.from).toISOString(), to: new Date(info.to).toISOString() };
  return {
    description: {
      ...draft(0).description,
      kind: 'closes',
      name: 'closes',
      inputs: [{ name: 'us-bars', contentHash: info.contentHash, rows: bars!.close.length, ...range }],
      params: { symbol },
    },
    content: { 'closes.f64': new Uint8Array(Float64Array.from(bars!.close).buffer), 'closes.json': bytes({ symbol }) },
  };
}

/** The highest of them. */
async function highest(store: ArtifactStore, parent: string): Promise<Omit<ArtifactDraft, 'source'>> {
  const file = await (await store.load(parent)).file('closes.f64');
  const level = Math.max(...new Float64Array(Uint8Array.from(file).buffer));
  return {
    description: { ...draft(0).description, kind: 'highest', name: 'highest', params: {}, parents: { closes: parent } },
    content: { 'highest.json': bytes({ level }) },
  };
}

const rebuilders: Readonly<Record<string, Rebuild>> = {
  closes: (artifact) => closes(params(artifact)['symbol']!),
  highest: ({ manifest }, store) => highest(store, manifest.parents['closes']!),
};

describe('an artifact made again', () => {
  it('from its data, and from its parent, is equal to the byte', async () => {
    const store = registry.store();
    const parent = (await store.save({ ...(await closes('IBM')), source: 'a test' })).hash;
    const child = (await store.save({ ...(await highest(store, parent)), source: 'a test' })).hash;
    for (const hash of [parent, child])
      expect(await reproduceArtifact(store, hash, rebuilders)).toEqual({ hash, rebuilt: hash, equal: true });
  });

  it('of what is another one now differs in a field that is named', async () => {
    const store = registry.store();
    const { description, content } = await closes('IBM');
    const { hash } = await store.save({
      description: { ...description, seed: 8 },
      content: { ...content, 'closes.json': bytes({ symbol: 'MSFT' }) },
      source: 'a test',
    });
    const { equal, difference } = await reproduceArtifact(store, hash, rebuilders);
    expect([equal, difference?.manifest]).toEqual([false, [{ key: 'seed', a: '8', b: '7' }]]);
    expect(difference?.files.map(({ file, fields }) => [file, fields])).toEqual([
      ['closes.json', [{ key: 'symbol', a: 'MSFT', b: 'IBM' }]],
    ]);
  });

  it('is refused for a kind that nobody can make', async () => {
    const { hash } = await registry.store().save(draft(1));
    expect(await codeOf(reproduceArtifact(registry.store(), hash, rebuilders))).toBe('usage/unknown-artifact');
  });
});

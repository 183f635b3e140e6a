/** A specification as blocks: the bars of each instrument are one, so that sweeps over the same data send it once. */
import { deserialize, serialize } from 'node:v8';
import type { Bars } from '../model/index.ts';
import type { BlockHash, BlockStore } from './block-store.ts';
import type { SweepSpec } from './spec.ts';

type StoredSpec = Omit<SweepSpec, 'bars' | 'detail'> & {
  readonly bars: readonly BlockHash[];
  readonly detail?: readonly BlockHash[];
};

/** @returns the hash that stands for the whole specification */
export async function putSpec(spec: SweepSpec, blocks: BlockStore): Promise<BlockHash> {
  const { strategy, artifacts, config, engine, actions } = spec;
  const stored: StoredSpec = {
    strategy,
    config,
    engine,
    bars: await putAll(spec.bars, blocks),
    ...(spec.detail === undefined ? {} : { detail: await putAll(spec.detail, blocks) }),
    ...(actions === undefined ? {} : { actions }),
    ...(artifacts === undefined ? {} : { artifacts }),
  };
  return blocks.put(serialize(stored));
}

/** @throws SigmaError store/missing-block, store/corrupt */
export async function getSpec(hash: BlockHash, blocks: BlockStore): Promise<SweepSpec> {
  const stored = deserialize(await blocks.get(hash)) as StoredSpec; // written by `putSpec`: the hash vouches for it
  return {
    ...stored,
    bars: await getAll(stored.bars, blocks),
    ...(stored.detail === undefined ? {} : { detail: await getAll(stored.detail, blocks) }),
  } as SweepSpec;
}

async function putAll(all: readonly Bars[], blocks: BlockStore): Promise<BlockHash[]> {
  const hashes: BlockHash[] = [];
  for (const bars of all) hashes.push(await blocks.put(serialize(ownColumns(bars))));
  return hashes;
}

async function getAll(hashes: readonly BlockHash[], blocks: BlockStore): Promise<Bars[]> {
  const all: Bars[] = [];
  for (const hash of hashes) all.push(deserialize(await blocks.get(hash)) as Bars);
  return all;
}

/** Columns without shared memory and without what lies beside them in their buffers. */
function ownColumns(bars: Bars): Bars {
  const { time, open, high, low, close, volume } = bars;
  const own = (column: Float64Array): Float64Array => Float64Array.from(column);
  return {
    ...bars,
    time: own(time),
    open: own(open),
    high: own(high),
    low: own(low),
    close: own(close),
    volume: own(volume),
  };
}

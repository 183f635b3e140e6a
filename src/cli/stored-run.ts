/** The stored run that a user names, by id, by the start of one, or as `latest`. */
import { type RunStore, resolveRun, type StoredRun } from '../lib/registry/index.ts';

/** @throws SigmaError usage/unknown-run, store/corrupt */
export async function storedRun(store: RunStore, reference: string): Promise<StoredRun> {
  const runs = await store.list();
  return store.load(
    resolveRun(
      reference,
      runs.map((run) => run.id),
    ),
  );
}

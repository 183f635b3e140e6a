/** Brings new versions of artifacts into a session: as events of their own, between two instants. */
import type { LoadedArtifact } from '../strategy/index.ts';
import type { EngineEvent } from './event.ts';

/** @param look gives the versions that appeared since it was last asked; asked before each instant */
export async function* withArtifactUpdates(
  events: AsyncIterable<EngineEvent>,
  look: () => Promise<readonly LoadedArtifact[]>,
): AsyncGenerator<EngineEvent> {
  for await (const event of events) {
    if (event.kind === 'bars') for (const artifact of await look()) yield { kind: 'artifact', artifact };
    yield event;
  }
}

/** The port of the registry: artifacts named by their hash, and aliases that move between them. */
import type { SigmaError } from '../../core/index.ts';
import type { ArtifactDescription, ArtifactManifest } from './manifest.ts';

/** Worth knowing, outside the hash. */
export type ArtifactMeta = {
  /** ISO 8601. */
  readonly created: string;
  readonly host: string;
  /** The command or the file it came from. */
  readonly source: string;
  /** Where its inputs were read from, by their names; never with a password. Others look for an input by its name. */
  readonly locations: Readonly<Record<string, string>>;
};

export type ArtifactDraft = {
  readonly description: ArtifactDescription;
  /** Its files by name. */
  readonly content: Readonly<Record<string, Uint8Array>>;
  /** What of the meta is not known to the store. */
  readonly source: string;
  readonly locations?: ArtifactMeta['locations'];
};

export type ArtifactSummary = {
  /** SHA-256 of its manifest. */
  readonly hash: string;
  readonly manifest: ArtifactManifest;
  readonly meta: ArtifactMeta;
};

/** An artifact in the store, or why it cannot be read. */
export type ListedArtifact = ArtifactSummary | { readonly hash: string; readonly problem: SigmaError };

export type StoredArtifact = ArtifactSummary & {
  /** One of its files, checked. @throws SigmaError store/corrupt when it is missing or altered */
  file(name: string): Promise<Uint8Array>;
};

export type AliasMove = {
  readonly hash: string;
  readonly action: 'promote' | 'rollback';
  /** ISO 8601. */
  readonly time: string;
  readonly note: string;
};

export type Alias = {
  /** Of the artifacts it moves between. */
  readonly name: string;
  readonly alias: string;
  /** Oldest first, never empty; the last one says where it stands. */
  readonly history: readonly AliasMove[];
};

export type AliasChange = Omit<AliasMove, 'time'> & {
  readonly alias: string;
  /** Where the alias must stand for the change to happen: a hash, or `absent`. Anywhere when left out. */
  readonly expected?: string;
  /** Whether a promotion may go to an artifact of another kind than the one it stands at; not when left out. */
  readonly anyKind?: boolean;
};

export interface ArtifactStore {
  /** Keeps an artifact; saving it again changes nothing but the places of its inputs. @throws SigmaError usage/bad-artifact, usage/unknown-artifact for a parent, store/write-failed */
  save(draft: ArtifactDraft): Promise<{ readonly hash: string; readonly outcome: 'new' | 'same' }>;
  /** Newest first. */
  list(): Promise<readonly ListedArtifact[]>;
  /** @throws SigmaError usage/unknown-artifact, store/corrupt, data/newer-schema */
  load(hash: string): Promise<StoredArtifact>;
  /** By name and alias. @throws SigmaError store/corrupt */
  aliases(): Promise<readonly Alias[]>;
  /**
   * Points an alias of the artifact's name at it.
   * @throws SigmaError store/moved, usage/unknown-artifact, usage/bad-artifact for one of another kind, store/corrupt when a file of it is
   * missing or altered, store/busy, store/write-failed
   */
  move(change: AliasChange): Promise<Alias>;
}

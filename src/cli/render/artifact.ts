/** Artifacts as documents and as text. */
import { type Alias, type ArtifactSummary, standing } from '../../lib/registry/index.ts';

/** Digits of a hash that people are shown. */
export const NAME_DIGITS = 12;

/** Aliases that point at it now. */
export function aliasesOf({ hash, manifest }: ArtifactSummary, aliases: readonly Alias[]): readonly string[] {
  return aliases.filter((one) => one.name === manifest.name && standing(one) === hash).map(({ alias }) => alias);
}

export function artifactDocument(artifact: ArtifactSummary, aliases: readonly Alias[]) {
  const { hash, manifest, meta } = artifact;
  return {
    hash,
    aliases: aliasesOf(artifact, aliases),
    created: meta.created,
    source: meta.source,
    locations: meta.locations,
    manifest,
  };
}

/** Where an alias stood, newest first. */
export function historyLines({ alias, history }: Alias): readonly string[] {
  return [...history]
    .reverse()
    .map(({ hash, action, time, note }, k) =>
      [
        (k === 0 ? alias : '').padEnd(12),
        hash.slice(0, NAME_DIGITS),
        action.padEnd(8),
        time.slice(0, 16).replace('T', ' '),
        note,
      ]
        .join('  ')
        .trimEnd(),
    );
}

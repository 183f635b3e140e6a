/** The registry as plain files. An artifact exists once its manifest does: objects are written before it, so nothing is ever half there. */
import { hostname } from 'node:os';
import { SigmaError } from '../../core/index.ts';
import { exists } from '../../storage/index.ts';
import { moved, requireStanding, standing } from './aliases.ts';
import type {
  Alias,
  AliasChange,
  ArtifactDraft,
  ArtifactMeta,
  ArtifactStore,
  ArtifactSummary,
  ListedArtifact,
} from './artifact-store.ts';
import { manifestOf, namePattern } from './manifest.ts';
import { RegistryFolder } from './registry-folder.ts';

/** @param root the folder of the registry; made when the first artifact is saved */
export function fileArtifactStore(root: string): ArtifactStore {
  const folder = new RegistryFolder(root);
  const summary = async (hash: string): Promise<ArtifactSummary> => {
    const manifest = await folder.manifest(hash);
    if (manifest === undefined) throw unknown(hash);
    return { hash, manifest, meta: await folder.meta(hash) };
  };
  return {
    save: (draft) => save(folder, draft),
    list: async () => {
      const listed = await Promise.all(
        (await folder.hashes()).map(async (hash): Promise<ListedArtifact> => {
          try {
            return await summary(hash);
          } catch (problem) {
            if (problem instanceof SigmaError) return { hash, problem };
            throw problem;
          }
        }),
      );
      return listed.sort(newestFirst);
    },
    load: async (hash) => {
      const found = await summary(hash);
      return {
        ...found,
        file: async (name) => {
          const entry = found.manifest.content[name];
          if (entry !== undefined) return folder.objects.get(entry.hash);
          throw new SigmaError('usage/unknown-artifact', `the artifact has no file ${name}`, {
            where: `${found.manifest.name} ${hash.slice(0, 12)}`,
            hint: `it has ${Object.keys(found.manifest.content).join(', ') || 'none'}`,
          });
        },
      };
    },
    aliases: () => folder.aliases(),
    move: (change) => move(folder, change),
  };
}

async function save(folder: RegistryFolder, { description, content, source, locations = {} }: ArtifactDraft) {
  const { hash, text, manifest } = manifestOf(description, content);
  const put = async (file: string): Promise<void> => folder.objects.put(manifest.content[file]!.hash, content[file]!);
  for (const file of Object.keys(manifest.content)) await put(file);
  return folder.alone(async () => {
    for (const parent of Object.values(manifest.parents))
      if (!(await exists(folder.manifestPath(parent)))) throw unknown(parent, `parent of ${manifest.name}`);
    // Garbage is collected by whoever is alone: an object that went since it was put comes back here.
    for (const [file, entry] of Object.entries(manifest.content))
      if (!(await exists(folder.objects.path(entry.hash)))) await put(file);
    // A manifest that was altered is written anew, as objects are.
    const known = await folder.manifest(hash).catch(() => undefined);
    const fresh: ArtifactMeta = { created: new Date().toISOString(), host: hostname(), source, locations };
    if (known !== undefined) {
      await relocate(folder, hash, fresh);
      return { hash, outcome: 'same' as const };
    }
    await folder.writeMeta(hash, fresh);
    await folder.writeManifest(hash, text);
    return { hash, outcome: 'new' as const };
  });
}

/** Equal data may lie elsewhere by now: where it was found last is where it is looked for. A damaged meta is written anew. */
async function relocate(folder: RegistryFolder, hash: string, fresh: ArtifactMeta): Promise<void> {
  const meta = await folder.meta(hash).catch(() => undefined);
  const locations = { ...meta?.locations, ...fresh.locations };
  if (meta === undefined || Object.keys(locations).some((name) => locations[name] !== meta.locations[name]))
    await folder.writeMeta(hash, { ...(meta ?? fresh), locations });
}

async function move(folder: RegistryFolder, change: AliasChange) {
  if (!namePattern.test(change.alias))
    throw new SigmaError('usage/bad-option', `'${change.alias}' cannot be the name of an alias`, {
      where: 'alias',
      hint: 'a name starts with a letter and has letters, digits, ., - and _',
    });
  return folder.alone(async () => {
    const manifest = await folder.manifest(change.hash);
    if (manifest === undefined) throw unknown(change.hash);
    const known = await folder.alias(manifest.name, change.alias);
    if (change.expected !== undefined) requireStanding(known, change.expected, `${manifest.name}@${change.alias}`);
    if (known !== undefined && standing(known) === change.hash) return known;
    const alias = moved(known, change, manifest.name, new Date().toISOString());
    if (known !== undefined && change.action === 'promote' && change.anyKind !== true)
      await requireKind(folder, known, manifest.kind);
    // Whoever follows the alias must find all of it.
    for (const { hash } of Object.values(manifest.content)) await folder.objects.get(hash);
    await folder.writeAlias(alias);
    return alias;
  });
}

/** Whoever loads an alias expects what it was. One that stands at nothing readable may go anywhere. */
async function requireKind(folder: RegistryFolder, known: Alias, kind: string): Promise<void> {
  const held = await folder.manifest(standing(known)).catch(() => undefined);
  if (held === undefined || held.kind === kind) return;
  throw new SigmaError('usage/bad-artifact', `it stands at a ${held.kind}, and this is a ${kind}`, {
    where: `${known.name}@${known.alias}`,
    hint: 'name another alias, or move it all the same with --force',
  });
}

function unknown(hash: string, where?: string): SigmaError {
  return new SigmaError('usage/unknown-artifact', `the registry has no artifact ${hash.slice(0, 12)}`, {
    ...(where === undefined ? {} : { where }),
    hint: 'see sigma registry list',
  });
}

function newestFirst(a: ListedArtifact, b: ListedArtifact): number {
  const [left, right] = [a, b].map((one) => ('meta' in one ? one.meta.created : ''));
  return left === right ? (a.hash < b.hash ? -1 : 1) : left! < right! ? 1 : -1;
}

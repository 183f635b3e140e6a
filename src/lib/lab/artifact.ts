/** Artifacts of the research: how each is described, saved, opened again by its kind, and read as a document. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Json, requireSchema, SigmaError, sha256 } from '../core/index.ts';
import { packageRoot, packageVersion } from '../plugins/index.ts';
import {
  type ArtifactDescription,
  type ArtifactDraft,
  type ArtifactStore,
  fromPlainJson,
  namePattern,
  resolveArtifact,
  type StoredArtifact,
  standing,
  toPlainJson,
} from '../registry/index.ts';
import type { LabContext } from './context.ts';

export type Draft = Omit<ArtifactDraft, 'source'>;

export const kinds = ['dataset', 'discovery', 'validation', 'precursor'] as const;
export type Kind = (typeof kinds)[number];

/** The alias that moves to the newest of each kind, and the command that makes it, for hints. */
const steps: Readonly<Record<Kind, { readonly alias: string; readonly command: string }>> = {
  dataset: { alias: 'dataset', command: 'sigma dataset build' },
  discovery: { alias: 'discovery', command: 'sigma discover' },
  validation: { alias: 'validation', command: 'sigma validate' },
  precursor: { alias: 'candidate', command: 'sigma distill' },
};

type Described = Pick<ArtifactDescription, 'name' | 'seed' | 'params' | 'parents'> & Partial<ArtifactDescription>;

/** What every artifact of the research says of itself. */
export function describe(kind: Kind, parts: Described): ArtifactDescription {
  return {
    inputs: [],
    splits: {},
    trials: 0,
    metrics: {},
    ...parts,
    kind,
    codeHash: codeHash(),
    versions: { sigma: packageVersion(), node: process.versions.node },
  };
}

/** What a step hands down to the next: what it was made from, of which features, over which days. */
export function inherited({ manifest }: StoredArtifact): Pick<ArtifactDescription, 'inputs' | 'features' | 'splits'> {
  const { inputs, features, splits } = manifest;
  return { inputs, splits, ...(features === undefined ? {} : { features }) };
}

/** Of the built library: its first file names the others by their content. */
function codeHash(): string {
  return sha256(readFileSync(join(packageRoot(), 'dist', 'lib', 'index.js')));
}

/** Before any work is done for it. @throws SigmaError usage/bad-artifact for a name that no artifact can have */
export function requireName(name: string): void {
  if (namePattern.test(name)) return;
  throw new SigmaError('usage/bad-artifact', `'${name}' cannot be the name of an artifact`, {
    where: '--name',
    hint: 'a name starts with a letter and has letters, digits, ., - and _, 64 at the most',
  });
}

export type Saved = {
  readonly hash: string;
  readonly outcome: 'new' | 'same';
  /** `name@alias`, which stands at it now. */
  readonly reference: string;
  /** Whether bars that it was made from are made up. */
  readonly synthetic: boolean;
};

/** Keeps an artifact and points the alias of its step at it. */
export async function saved({ store, source }: LabContext, kind: Kind, draft: Draft): Promise<Saved> {
  const { name, inputs } = draft.description;
  const { alias } = steps[kind];
  const kept = await store.save({ ...draft, source });
  const known = (await store.aliases()).find((one) => one.name === name && one.alias === alias);
  if (known === undefined || standing(known) !== kept.hash)
    await store.move({ hash: kept.hash, alias, action: 'promote', note: source, anyKind: true });
  return { ...kept, reference: `${name}@${alias}`, synthetic: inputs.some(({ synthetic }) => synthetic === true) };
}

/**
 * An artifact by hash, `name@alias`, or its name alone: the newest of its kind.
 * @throws SigmaError usage/unknown-artifact, usage/bad-artifact for one of another kind
 */
export async function openArtifact(store: ArtifactStore, given: string, kind: Kind): Promise<StoredArtifact> {
  const known = await store.aliases();
  const named = known.some((one) => one.name === given && one.alias === steps[kind].alias);
  if (!named && known.some((one) => one.name === given))
    throw new SigmaError('usage/unknown-artifact', `there is no ${kind} of that name yet`, {
      where: given,
      hint: `${steps[kind].command} makes one`,
    });
  const reference = named ? `${given}@${steps[kind].alias}` : given;
  const artifact = await store.load(await resolveArtifact(store, reference));
  if (artifact.manifest.kind === kind) return artifact;
  throw new SigmaError('usage/bad-artifact', `it is a ${artifact.manifest.kind}, not a ${kind}`, {
    where: reference,
    hint: `${steps[kind].command} makes one`,
  });
}

/** A document with numbers that need not be finite, as the registry keeps it. */
export function documentBytes(schema: string, document: object): Uint8Array {
  return Buffer.from(`${canonicalJson({ schema, ...(toPlainJson(document) as Record<string, Json>) })}\n`); // an object stays one
}

/**
 * The document of an artifact, as its writer made it.
 * @throws SigmaError store/corrupt, data/newer-schema with both versions
 */
export async function readDocument<T>(artifact: StoredArtifact, schema: string): Promise<T> {
  const { kind, name } = artifact.manifest;
  const text = Buffer.from(await artifact.file(`${kind}.json`)).toString('utf8');
  const { schema: found, ...document }: { readonly schema?: string } = JSON.parse(text); // the hash vouches for it
  requireSchema(found, schema, `${name} ${artifact.hash.slice(0, 12)}`);
  return fromPlainJson(document) as T; // written by `documentBytes`
}

/**
 * The manifest of an artifact: everything that decided it, and the hashes of everything in it. No wall clock, host or path:
 * equal artifacts have equal manifests, and the hash of the manifest is the artifact's name.
 */
import { z } from 'zod';
import { canonicalJson, type Json, requireSchema, SigmaError, sha256 } from '../../core/index.ts';
import type { NumberJson } from '../numbers-json.ts';

const SCHEMA = 'sigma.artifact/1';

/** Data that an artifact was made from. */
export type ArtifactInput = {
  /** Catalog name or file, never a full path. */
  readonly name: string;
  readonly contentHash: string;
  readonly rows: number;
  /** ISO 8601; first and last event used. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601; what arrived later was not used, whatever its event time. */
  readonly ingestedUntil?: string;
  /** The bars are made up; left out where they are not. */
  readonly synthetic?: true;
};

/** ISO 8601, the end exclusive. */
export type ArtifactSplit = { readonly from: string; readonly to: string };

/** What its maker says of an artifact. */
export type ArtifactDescription = {
  /** For example `precursor`; its document is then the file `precursor.json`. */
  readonly kind: string;
  readonly name: string;
  readonly inputs: readonly ArtifactInput[];
  /** Hash of the code that computed it. */
  readonly codeHash: string;
  /** The feature specification, whole. */
  readonly features?: Json;
  readonly seed: number;
  readonly params: Json;
  /** By name, for example `discovery` and `validation`. */
  readonly splits: Readonly<Record<string, ArtifactSplit>>;
  /** How many variants were tried before this one was kept. */
  readonly trials: number;
  readonly metrics: Readonly<Record<string, NumberJson>>;
  /** Hashes of the artifacts it was made from, by the part they played. */
  readonly parents: Readonly<Record<string, string>>;
  readonly versions: { readonly sigma: string; readonly node: string };
};

export type ArtifactManifest = ArtifactDescription & {
  readonly schema: typeof SCHEMA;
  /** Its files by name. */
  readonly content: Readonly<Record<string, { readonly hash: string; readonly bytes: number }>>;
};

/** Names of artifacts, aliases and kinds. */
export const namePattern = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

const name = z.string().regex(namePattern, 'a name starts with a letter and has letters, digits, ., - and _');
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'a file name has letters, digits, ., - and _');
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');
const numberJson = z.union([z.number(), z.null(), z.literal(['Infinity', '-Infinity'])]);
const span = { from: z.string(), to: z.string() };

const manifestSchema: z.ZodType<ArtifactManifest> = z.strictObject({
  schema: z.literal(SCHEMA),
  kind: name,
  name,
  inputs: z.array(
    z.strictObject({
      name: z.string(),
      contentHash: z.string(),
      rows: z.number().int().nonnegative(),
      ...span,
      ingestedUntil: z.string().optional(),
      synthetic: z.literal(true).optional(),
    }),
  ),
  codeHash: z.string(),
  features: z.json().optional(),
  seed: z.number(),
  params: z.json(),
  splits: z.record(z.string(), z.strictObject(span)),
  trials: z.number().int().nonnegative(),
  metrics: z.record(z.string(), numberJson),
  parents: z.record(z.string(), hash),
  versions: z.strictObject({ sigma: z.string(), node: z.string() }),
  content: z.record(fileName, z.strictObject({ hash, bytes: z.number().int().nonnegative() })),
}) as z.ZodType<ArtifactManifest>; // an optional member that zod may set to undefined is left out by canonical JSON

export type NamedManifest = { readonly hash: string; readonly text: string; readonly manifest: ArtifactManifest };

/** The manifest with its hash. @throws SigmaError usage/bad-artifact when a part of it cannot be */
export function manifestOf(
  description: ArtifactDescription,
  content: Readonly<Record<string, Uint8Array>>,
): NamedManifest {
  const files = Object.entries(content).map(([file, bytes]) => [file, { hash: sha256(bytes), bytes: bytes.length }]);
  const parsed = manifestSchema.safeParse({ ...description, schema: SCHEMA, content: Object.fromEntries(files) });
  if (!parsed.success)
    throw new SigmaError('usage/bad-artifact', firstIssue(parsed.error), { where: `artifact ${description.name}` });
  requireDeflated(parsed.data);
  const text = manifestText(parsed.data);
  return { hash: sha256(text), text, manifest: parsed.data };
}

/** The best of many trials looks good by luck: whoever reads a Sharpe ratio here reads what the trials leave of it. */
function requireDeflated({ name, trials, metrics }: ArtifactManifest): void {
  if (trials < 2 || !('sharpe' in metrics) || 'dsr' in metrics) return;
  throw new SigmaError(
    'usage/bad-artifact',
    `its Sharpe ratio is the best of ${trials} trials and not deflated by them`,
    {
      where: `artifact ${name}: metrics.sharpe`,
      hint: 'add the deflated Sharpe ratio as dsr, or leave both out',
    },
  );
}

/** The very text that is hashed and stored. */
export function manifestText(manifest: ArtifactManifest): string {
  return `${canonicalJson(manifest as unknown as Json)}\n`; // plain data throughout
}

/**
 * A manifest read back.
 * @param expected its hash
 * @throws SigmaError store/corrupt when the text is another one, data/newer-schema with both versions
 */
export function readManifest(text: string, expected: string, where: string): ArtifactManifest {
  if (sha256(text) !== expected)
    throw new SigmaError('store/corrupt', 'the manifest does not match its hash', {
      where,
      hint: 'import the artifact again, or make it again',
    });
  const value: unknown = JSON.parse(text); // the hash vouches that it is what was written
  requireSchema(typeof value === 'object' && value !== null ? Reflect.get(value, 'schema') : undefined, SCHEMA, where);
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new SigmaError('data/unreadable', firstIssue(parsed.error), { where });
  return parsed.data;
}

/** The first thing that is wrong, by its key. */
export function firstIssue(error: z.ZodError, whole = 'the manifest'): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || whole}: ${issue?.message ?? 'not as it should be'}`;
}

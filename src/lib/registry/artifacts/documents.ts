/** What lies beside manifests and objects as JSON: when and where an artifact was made, where an alias stood, what a bundle is of. */
import { z } from 'zod';
import { requireSchema, type SigmaError } from '../../core/index.ts';
import type { AliasMove, ArtifactMeta } from './artifact-store.ts';
import { firstIssue, hash } from './manifest.ts';

export const ALIAS_SCHEMA = 'sigma.alias/1';
export const BUNDLE_SCHEMA = 'sigma.bundle/1';

/** Older ones say nothing of locations. */
const metaSchema: z.ZodType<ArtifactMeta> = z.strictObject({
  created: z.string(),
  host: z.string(),
  source: z.string(),
  locations: z.record(z.string(), z.string()).default({}),
});

const move: z.ZodType<AliasMove> = z.strictObject({
  hash,
  action: z.enum(['promote', 'rollback']),
  time: z.string(),
  note: z.string(),
});
const aliasSchema = z.strictObject({ schema: z.literal(ALIAS_SCHEMA), history: z.array(move).min(1) });
const bundleSchema = z.strictObject({ schema: z.literal(BUNDLE_SCHEMA), artifact: hash });

/** What became of a document that is not as it was written. */
export type Refusal = (found: string) => SigmaError;

/** @throws what `refuse` makes of it */
export function readMeta(text: string, refuse: Refusal): ArtifactMeta {
  return checked(metaSchema, parsed(text, refuse), refuse);
}

/** @throws SigmaError data/newer-schema, and what `refuse` makes of it */
export function readAliasHistory(text: string, where: string, refuse: Refusal): readonly AliasMove[] {
  return checked(aliasSchema, versioned(text, ALIAS_SCHEMA, where, refuse), refuse).history;
}

/** The hash of the artifact that the bundle is of. @throws SigmaError data/newer-schema, and what `refuse` makes of it */
export function readBundleHead(text: string, where: string, refuse: Refusal): string {
  return checked(bundleSchema, versioned(text, BUNDLE_SCHEMA, where, refuse), refuse).artifact;
}

function versioned(text: string, schema: string, where: string, refuse: Refusal): unknown {
  const value = parsed(text, refuse);
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, 'schema') : undefined;
  // Only what says that it is newer is that; all else is damage.
  if (typeof found === 'string') requireSchema(found, schema, where);
  return value;
}

function parsed(text: string, refuse: Refusal): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('the file is not JSON');
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, refuse: Refusal): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(firstIssue(result.error, 'the document'));
}

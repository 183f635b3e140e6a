/** The document of an artifact, checked key by key when it is read. */
import { z } from 'zod';
import { requireSchema, SigmaError } from '../../core/index.ts';
import { parseFeatureSpec, type SchemaFault, schemaFault } from '../../features/index.ts';
import type { PrecursorArtifact } from './artifact.ts';
import { faultOf } from './artifact-faults.ts';

const SCHEMA = 'sigma.precursor/1';

const reals = z.array(z.number());
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const days = z.strictObject({ from: z.number().int(), to: z.number().int() });
const scale = z.strictObject({ location: reals, scale: reals });

const places = z.array(z.number().int().min(-1));

const surprise = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trimmed-distance') }),
  z.strictObject({
    kind: z.literal('isolation-forest'),
    roots: z.array(count).min(1),
    column: places,
    cut: reals,
    below: places,
    usual: z.number().positive(),
  }),
]);

const features = z.strictObject({
  schema: z.literal('sigma.feature-model/1'),
  specification: z.string(),
  channels: z.array(z.string()).min(1),
  windowRows: z.number().int().min(1),
  window: z.enum(['session', 'continuous']),
  trained: days,
  seasonal: z.strictObject({
    bucketSlots: z.number().int().min(1),
    location: z.array(reals),
    scale: z.array(reals),
  }),
  instruments: z.record(z.string(), scale).exactOptional(),
  dct: z.number().int().min(1),
  whitening: z.strictObject({ mean: reals, factor: reals }),
  surprise,
  pca: z.strictObject({ mean: reals, components: z.array(reals).min(1) }),
  peaks: z.strictObject({ threshold: z.number(), before: count, after: count }),
});

const precursor = z.strictObject({
  cluster: count,
  looks: z.string(),
  centroid: reals,
  radius: z.number().min(0),
  promised: z.strictObject({ alerts: count, rate: share, base: share }),
  excessLimit: z.number().int().min(1),
});

const gate = z.strictObject({
  channel: z.string(),
  side: z.enum(['at-least', 'at-most']),
  limit: z.number(),
  quantile: share,
});

const tree = z.strictObject({
  feature: places,
  threshold: reals,
  left: places,
  right: places,
  value: reals,
  cover: reals,
});

const probability = z.strictObject({
  first: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('membership'),
      rates: z.array(share),
      slope: z.number().min(0),
      meanMembership: z.number(),
    }),
    z.strictObject({
      kind: z.literal('trees'),
      ensemble: z.strictObject({ features: count, base: z.number(), trees: z.array(tree) }),
    }),
  ]),
  calibration: z.strictObject({ scores: reals.min(1), values: z.array(share).min(1) }).optional(),
});

const schema = z.strictObject({
  schema: z.literal(SCHEMA),
  name: z.string().min(1),
  specification: z.unknown(),
  features,
  horizonRows: z.number().int().min(1),
  quietRows: count,
  precursors: z.array(precursor).min(1),
  gates: z.array(gate),
  probability,
  budget: z.strictObject({ perDay: count, threshold: share }),
  drift: z.strictObject({
    inputs: z.array(z.strictObject({ channel: z.string(), edges: reals, counts: z.array(count) })),
  }),
  fitted: z.strictObject({ discovery: days, calibration: days, trials: count, seed: z.number().int() }),
  agreement: z.strictObject({ candidates: count, kappa: z.number(), overlap: share }),
  cost: z.strictObject({ bytes: count, perRow: count, perCandidate: count }),
});

/**
 * Checks a document that was read from JSON.
 * @param where file or artifact, for errors
 * @throws SigmaError data/newer-schema with both versions for a later version, research/bad-artifact with the key that is wrong
 */
export function parseArtifact(input: unknown, where = 'artifact'): PrecursorArtifact {
  const opened = z.looseObject({ schema: z.unknown() }).safeParse(input);
  requireSchema(opened.success ? opened.data.schema : undefined, SCHEMA, where);
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(schemaFault(parsed.error), where);
  const artifact = {
    ...parsed.data,
    specification: parseFeatureSpec(parsed.data.specification, `${where}: specification`),
  };
  const fault = faultOf(artifact);
  if (fault !== undefined) throw invalid(fault, where);
  return artifact;
}

function invalid({ key, found }: Pick<SchemaFault, 'key' | 'found'>, where: string): SigmaError {
  return new SigmaError('research/bad-artifact', found, { where: key === '' ? where : `${where}: ${key}` });
}

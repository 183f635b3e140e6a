/** Feature specifications (`*.features.json`): one document that says which channels are looked at, in which windows, scaled and embedded how. Offline and online read the same one. */
import { z } from 'zod';
import { didYouMean, hashJson, requireSchema, SigmaError } from '../core/index.ts';
import { channelExpression } from './channel-expression.ts';
import { type SchemaFault, schemaFault } from './schema-fault.ts';
import { tickChannels } from './tick-windows.ts';

const SCHEMA = 'sigma.features/1';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not lower-case letters, digits and dashes');

const channel = z.strictObject({ name, expression: z.string().min(1) });

const schema = z.strictObject({
  schema: z.literal(SCHEMA),
  name,
  /** What channels are computed from: expressions over bars, or windows of trades and quotes. */
  source: z.enum(['bars', 'ticks']).default('bars'),
  /** Length of a bar or a window. */
  timeframe: z.string().regex(/^[1-9]\d{0,3}[smh]$/, 'is not a timeframe of seconds, minutes or hours'),
  session: z.strictObject({
    /** A trading calendar by name, as data sets have them. */
    calendar: z.string().min(1).default('24/7'),
    /** Rows of a full session; rows beyond are left out. */
    slots: z.number().int().min(1).max(86_400),
    /** Rows at the start of each session that are left out: 1 where the first return reaches over night. */
    skip: z.number().int().min(0).max(1000).default(0),
    /** Whether windows end with their session or reach into the next. */
    window: z.enum(['session', 'continuous']).default('session'),
  }),
  /** A name alone stands for the standard channel of that name. */
  channels: z
    .array(z.union([name.transform((text) => ({ name: text, expression: text })), channel]))
    .min(1)
    .max(32),
  windowRows: z.number().int().min(4).max(512).default(24),
  normalisation: z
    .strictObject({
      kind: z.literal('seasonal'),
      /** Slots that share location and scale. */
      bucketSlots: z.number().int().min(1).default(15),
      /** Each instrument scaled by its own history before the season is taken off, or all alike. */
      instruments: z.enum(['each', 'alike']).default('each'),
    })
    .prefault({ kind: 'seasonal' }),
  embedding: z
    .strictObject({
      /** DCT-II coefficients a channel. */
      dct: z.number().int().min(1).max(64).default(6),
      whitening: z
        .strictObject({ kind: z.literal('trimmed'), keep: z.number().min(0.5).max(1).default(0.9) })
        .prefault({ kind: 'trimmed' }),
      /** Principal components kept: 16, or all where there are fewer. */
      pca: z.number().int().min(1).max(64).optional(),
    })
    .prefault({}),
  surprise: z.enum(['trimmed-distance', 'isolation-forest']).default('trimmed-distance'),
  peaks: z
    .strictObject({
      /** Share of training windows whose surprise is below the threshold. */
      quantile: z.number().min(0).max(0.9999).default(0.92),
      /** A peak is above so many windows before it, and not below so many after it, after which it is known. */
      before: z.number().int().min(1).max(512).default(8),
      after: z.number().int().min(1).max(64).default(2),
    })
    .prefault({}),
});

const COMPONENTS = 16;

const whole = schema.transform((spec) => {
  const { dct, pca = Math.min(COMPONENTS, dct * spec.channels.length) } = spec.embedding;
  return { ...spec, embedding: { ...spec.embedding, pca } };
});

/** A checked specification with every default written out. */
export type FeatureSpec = Readonly<z.output<typeof whole>>;
/** What may be left out is left out. */
export type FeatureSpecInput = z.input<typeof schema>;

/**
 * Checks a specification.
 * @param where file name for errors
 * @throws SigmaError features/invalid with file and key, the column of an expression, and near names of what is unknown; data/newer-schema
 * with both versions for a later version, data/unreadable for a document of another kind
 */
export function parseFeatureSpec(input: unknown, where = 'features'): FeatureSpec {
  const opened = z.looseObject({ schema: z.string() }).safeParse(input);
  if (opened.success) requireSchema(opened.data.schema, SCHEMA, where);
  const parsed = whole.safeParse(input);
  if (!parsed.success) throw invalid(schemaFault(parsed.error), where);
  const spec = parsed.data;
  for (const [k, channel] of spec.channels.entries()) checkChannel(spec.source, channel, `${where}: channels.${k}`);
  const fault = faultOf(spec);
  if (fault === undefined) return spec;
  const { key, found, hint } = fault;
  throw new SigmaError('features/invalid', found, {
    where: `${where}: ${key}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Identity of a specification, whatever the order of its keys and whether defaults are written out; its name is not part of it. */
export function featureSpecHash({ name: _, ...rest }: FeatureSpec): string {
  return hashJson(rest);
}

/** Whether any window that lies within one session can be a candidate. */
export function hasRoom({
  windowRows,
  peaks,
  session,
}: Pick<FeatureSpec, 'windowRows' | 'peaks' | 'session'>): boolean {
  return windowRows + peaks.after <= session.slots - session.skip;
}

/** Channels of bars are expressions; windows of ticks have columns by name. */
function checkChannel(source: FeatureSpec['source'], channel: FeatureSpec['channels'][number], where: string): void {
  if (source === 'bars') channelExpression(channel, where);
  else if (!tickChannels.some((known) => known === channel.expression))
    throw new SigmaError('features/invalid', `windows of ticks have no channel '${channel.expression}'`, {
      where,
      hint: didYouMean(channel.expression, tickChannels) || `there are ${tickChannels.join(', ')}`,
    });
}

type Fault = { readonly key: string; readonly found: string; readonly hint?: string };

function faultOf(spec: FeatureSpec): Fault | undefined {
  const names = spec.channels.map((c) => c.name);
  const twice = names.find((n, k) => names.indexOf(n) !== k);
  if (twice !== undefined) return { key: 'channels', found: `there are two channels '${twice}'` };
  if (spec.embedding.dct > spec.windowRows)
    return { key: 'embedding.dct', found: `${spec.embedding.dct} coefficients of ${spec.windowRows} rows` };
  const { slots, skip } = spec.session;
  if (skip >= slots) return { key: 'session.skip', found: `${skip} of ${slots} rows` };
  if (spec.session.window === 'session' && !hasRoom(spec))
    return {
      key: 'windowRows',
      found: `a session of ${slots - skip} rows has no room for a window of ${spec.windowRows} and the ${spec.peaks.after} rows that tell its peak`,
      hint: "take a shorter window, or let windows reach into the next session: session.window 'continuous'",
    };
  const dimensions = names.length * spec.embedding.dct;
  if (spec.embedding.pca > dimensions)
    return { key: 'embedding.pca', found: `${spec.embedding.pca} components of ${dimensions} coefficients` };
  return undefined;
}

const knownKeys = [
  ...Object.keys(schema.shape),
  ...[
    'calendar',
    'slots',
    'skip',
    'window',
    'expression',
    'kind',
    'bucketSlots',
    'instruments',
    'dct',
    'whitening',
    'keep',
  ],
  ...['pca', 'quantile', 'before', 'after'],
];

function invalid({ key, found, unknown }: SchemaFault, where: string): SigmaError {
  const hint = unknown === undefined ? '' : didYouMean(unknown, knownKeys);
  return new SigmaError('features/invalid', found, {
    where: key === '' ? where : `${where}: ${key}`,
    ...(hint === '' ? {} : { hint }),
  });
}

/** `dataset.json`: what a stored data set is, where it came from and under which licence. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SigmaError } from '../../core/index.ts';
import { parseTimeframe, type Timeframe } from '../../model/index.ts';

const instrumentSchema = z.strictObject({
  symbol: z.string().min(1),
  kind: z.enum(['equity', 'index', 'fx', 'spot', 'perpetual', 'future']),
  currency: z.string().min(1),
  tickSize: z.number().min(0),
  lotSize: z.number().min(0),
  minQuantity: z.number().min(0),
  minNotional: z.number().min(0),
  multiplier: z.number().positive(),
});

const timeframeSchema = z.custom<Timeframe>((value) => {
  try {
    return typeof value === 'string' && parseTimeframe(value) === value;
  } catch {
    return false;
  }
}, 'is not a timeframe');

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Times are ISO 8601 in UTC: the open times of the first and the last bar. */
export const datasetMetaSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, 'is letters, digits, dots and dashes'),
  title: z.string(),
  description: z.string(),
  timeframe: timeframeSchema,
  closeOnly: z.boolean(),
  /** Where the prices came from: a package, a file, a URL, a database without its password. */
  source: z.record(z.string(), scalar).optional(),
  /** The script of this repository that made it. */
  script: z.string().optional(),
  licence: z.string(),
  licenceUrl: z.string().optional(),
  synthetic: z.boolean(),
  /** Whether instruments were chosen knowing what became of them (survivorship bias). */
  hindsight: z.boolean().default(false),
  /** Parameters and seed that make a synthetic set again. */
  generator: z.json().optional(),
  /** `24/7` or the name of an exchange calendar. */
  sessions: z.string(),
  /** Bars of this timeframe in a year, for annualising. */
  periodsPerYear: z.number().positive(),
  /** Symbol of an instrument that others are compared with. */
  benchmark: z.string().optional(),
  instruments: z.array(instrumentSchema).min(1),
  rows: z.number().int().min(0),
  from: z.string(),
  to: z.string(),
  /** SHA-256 of the bars as `contentHash` computes it. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256'),
  /** `sigma-quant` and its version. */
  createdWith: z.string().optional(),
});

export type DatasetMeta = Readonly<z.infer<typeof datasetMetaSchema>>;

/** @throws SigmaError data/not-found, data/unreadable naming the key */
export async function readMeta(path: string): Promise<DatasetMeta> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SigmaError('data/not-found', 'there is no description of a data set', { where: path, cause });
  });
  return parseMeta(text, path);
}

/** @throws SigmaError data/unreadable naming the key */
function parseMeta(text: string, where: string): DatasetMeta {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SigmaError('data/unreadable', 'is not JSON', { where, cause });
  }
  const parsed = datasetMetaSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SigmaError('data/unreadable', `${issue?.path.join('.') || 'the description'}: ${issue?.message ?? ''}`, {
    where,
    hint: 'import the data again to write a new description',
  });
}

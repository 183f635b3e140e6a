/** Reads and checks the settings file; a mistake in it is named by its key. */
import { readFileSync } from 'node:fs';
import { didYouMean, SigmaError } from '../../lib/core/index.ts';
import { type Settings, settingsSchema } from './schema.ts';

/** @throws SigmaError usage/bad-option naming file and key */
export function readSettings(path: string): Settings {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SigmaError('usage/bad-option', `cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      where: path,
      hint: 'it must be a JSON object of settings',
      cause,
    });
  }
  const result = settingsSchema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const near = didYouMean(key, Object.keys(settingsSchema.shape));
    throw new SigmaError('usage/bad-option', `there is no setting '${key}'`, {
      where: path,
      ...(near === '' ? {} : { hint: near }),
    });
  }
  const key = issue?.path.join('.') ?? '';
  throw new SigmaError('usage/bad-option', `${key}: ${issue?.message ?? 'is not valid'}`, { where: path });
}

/** `--param name=value`, repeatable. The strategy's own specification decides type and range later. */
import { SigmaError } from '../../lib/core/index.ts';

export function collectParameter(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new SigmaError('usage/bad-option', `'${text}' is not name=value`, {
      where: '--param',
      hint: 'for example --param lookback=60',
    });
  }
  return { ...before, [text.slice(0, equals).trim()]: text.slice(equals + 1).trim() };
}

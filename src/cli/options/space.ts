/** `--space name=values`, repeatable: the part of the search space of one parameter. */
import { SigmaError } from '../../lib/core/index.ts';

export function collectSpace(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim();
  if (name === '' || Object.hasOwn(before, name))
    throw new SigmaError('usage/bad-space', name === '' ? `'${text}' is not name=values` : `${name} has two ranges`, {
      where: '--space',
      hint: 'for example --space lookback=20:200:10 --space threshold=0,0.02,0.05',
    });
  const values = text.slice(equals + 1).trim();
  if (equals >= 0 && values === '')
    throw new SigmaError('usage/bad-space', 'no values are given', {
      where: `--space ${name}`,
      hint: `for example --space ${name}=20:200:10, or --space ${name} for its whole range`,
    });
  // A name alone stands for the parameter's whole range.
  return { ...before, [name]: equals < 0 ? '' : values };
}

/** Conditions keep their order; a comma separates nothing, for sets of values may hold one. */
export function collectCondition(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

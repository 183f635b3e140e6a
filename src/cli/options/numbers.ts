/** Numbers on the command line, each with the range it may have. */
import { SigmaError } from '../../lib/core/index.ts';

export type Range = {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly integer?: boolean;
};

/** A parser for one flag. @throws SigmaError usage/bad-option */
export function numberOption(flag: string, range: Range = {}): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''));
    const fail = (found: string): never => {
      throw new SigmaError('usage/bad-option', found, { where: flag, hint: describe(range) });
    };
    if (!Number.isFinite(value)) fail(`'${text}' is not a number`);
    if (range.integer === true && !Number.isInteger(value)) fail(`${text} is not a whole number`);
    if (value < (range.min ?? -Infinity) || value > (range.max ?? Infinity) || value <= (range.above ?? -Infinity))
      fail(`${text} is out of range`);
    return value;
  };
}

function describe(range: Range): string {
  const kind = range.integer === true ? 'a whole number' : 'a number';
  if (range.min !== undefined && range.max !== undefined) return `give ${kind} from ${range.min} to ${range.max}`;
  if (range.min !== undefined) return `give ${kind} of at least ${range.min}`;
  if (range.above !== undefined)
    return `give ${kind} above ${range.above}${range.max === undefined ? '' : `, at most ${range.max}`}`;
  return `give ${kind}`;
}

/** A parser for one flag that takes one of a few words. @throws SigmaError usage/bad-option */
export function choiceOption<const T extends string>(flag: string, choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      throw new SigmaError('usage/bad-option', `'${text}' is not one of its values`, {
        where: flag,
        hint: `give ${choices.join(', ')}`,
      });
    }
    return found;
  };
}

/** `a,b,c`, also given several times. */
export function listOption(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ];
}

/** The little language of option values such as `bps:maker=1,taker=5` or `atr:14,3,0.01`. */
import { didYouMean, SigmaError } from '../../lib/core/index.ts';

export type Spec = {
  readonly kind: string;
  /** Value of a named part, or of the part at `index`; `otherwise` when it is absent. */
  number(name: string, index: number, otherwise?: number): number;
  has(name: string, index: number): boolean;
  /** @throws SigmaError when a name was given that nobody asked for */
  done(): void;
};

/** @param kinds the words that may stand before the colon */
export function parseSpec(text: string, flag: string, kinds: readonly string[], example: string): Spec {
  const colon = text.indexOf(':');
  const kind = (colon < 0 ? text : text.slice(0, colon)).trim();
  const fail = (found: string, hint = `for example ${flag} ${example}`): never => {
    throw new SigmaError('usage/bad-option', found, { where: flag, hint });
  };
  if (!kinds.includes(kind))
    fail(
      `'${text}' is not understood`,
      `${didYouMean(kind, kinds)} one of ${kinds.join(', ')}; for example ${flag} ${example}`.trim(),
    );
  const positional: number[] = [];
  const named = new Map<string, number>();
  const asked = new Set<string>();
  let highest = -1;
  for (const part of colon < 0 ? [] : text.slice(colon + 1).split(',')) {
    const equals = part.indexOf('=');
    const raw = part.slice(equals + 1).trim();
    const value = Number(raw);
    if (raw === '' || !Number.isFinite(value)) fail(`'${part}' is not a number`);
    if (equals < 0) positional.push(value);
    else named.set(part.slice(0, equals).trim(), value);
  }
  return {
    kind,
    number: (name, index, otherwise) => {
      asked.add(name);
      highest = Math.max(highest, index);
      return named.get(name) ?? positional[index] ?? otherwise ?? fail(`'${text}' lacks ${name}`);
    },
    has: (name, index) => named.has(name) || positional[index] !== undefined,
    done: () => {
      for (const name of named.keys())
        if (!asked.has(name))
          fail(`'${name}' means nothing for ${kind}`, didYouMean(name, asked) || `known: ${[...asked].join(', ')}`);
      if (positional.length > highest + 1) fail(`'${text}' has more values than ${kind} takes`);
    },
  };
}

/** The expression behind a channel of a specification: a standard one by its name, or any over the columns of bars. */
import { didYouMean, SigmaError } from '../core/index.ts';
import { type Expr, parseExpression } from '../indicators/index.ts';
import { standardChannels } from './standard-channels.ts';

/** @throws SigmaError features/invalid with key, column and near names */
export function channelExpression({ expression }: { readonly expression: string }, where: string): Expr {
  if (Object.hasOwn(standardChannels, expression))
    return parseExpression(standardChannels[expression]!.expression, where);
  try {
    return parseExpression(expression, where);
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    const standard = didYouMean(expression, Object.keys(standardChannels));
    const hint = standard === '' ? cause.hint : standard;
    throw new SigmaError('features/invalid', cause.found, {
      where: cause.where ?? where,
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  }
}

/** What strategy code threw, with where and when. */
import { SigmaError } from '../core/index.ts';
import { formatTime } from '../model/index.ts';

/** @param time of the bar: it opened then, as in the data it comes from. A SigmaError keeps its code and gains the place; anything else becomes strategy/threw with the original as its cause. */
export function strategyError(cause: unknown, strategy: string, symbol: string, time: number): SigmaError {
  const where = `${strategy} at ${symbol} ${formatTime(time)}`;
  if (cause instanceof SigmaError)
    return new SigmaError(cause.code, cause.found, {
      where: cause.where === undefined ? where : `${where}, ${cause.where}`,
      cause,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    });
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new SigmaError('strategy/threw', `the strategy threw ${message}`, { where, cause });
}

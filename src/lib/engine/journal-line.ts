/** A line of a journal as text and back: JSON, in which the numbers that it has not are words. */

/** The end of an order without one. */
const ENDLESS = 'never';
/** JSON drops its sign: the slippage of a sale without any. */
const BELOW_ZERO = '-0';
/** Stands before a text that reads like one of them. */
const MARK = '=';
const alike = /^=*(?:never|-0)$/;

export function journalLine(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (each === Number.POSITIVE_INFINITY) return ENDLESS;
    if (Object.is(each, -0)) return BELOW_ZERO;
    return typeof each === 'string' && alike.test(each) ? MARK + each : each;
  });
}

/** @throws SyntaxError when the text is not JSON */
export function fromJournalLine(line: string): unknown {
  return JSON.parse(line, (_key, each: unknown) => {
    if (typeof each !== 'string' || !alike.test(each)) return each;
    if (each === ENDLESS) return Number.POSITIVE_INFINITY;
    return each === BELOW_ZERO ? -0 : each.slice(MARK.length);
  });
}

/** What counts as an event: a move that is complete, a condition that begins to hold, or moments that somebody dated. */
import { SigmaError } from '../core/index.ts';
import { channelExpression } from '../features/index.ts';
import {
  type EventPlace,
  eventsWhere,
  type LabelledEvent,
  labelledEvents,
  moveEvents,
  pricesOf,
  type TradeSide,
} from '../research/index.ts';
import type { MarketPanel } from './market-panel.ts';

export type EventRule =
  | {
      readonly kind: 'move';
      readonly direction: 'up' | 'down' | 'either';
      /** In standard deviations of one row's log return. */
      readonly beyond: number;
      readonly withinRows: number;
    }
  | { readonly kind: 'condition'; readonly expression: string }
  /** Moments of a file, which the data set keeps. */
  | { readonly kind: 'given'; readonly name: string };

/** One row's volatility as known at its bar: what moves and barriers are measured in. */
const SCALE = 'rollingStdev(logReturn(close, 1), 60)';

/** `up:3:30`: a move up of 3 standard deviations within 30 rows. @throws SigmaError usage/bad-option */
export function parseMove(text: string, where = '--move'): EventRule {
  const [direction, beyond, rows, ...rest] = text.split(':');
  const rule = { kind: 'move', direction, beyond: Number(beyond), withinRows: Number(rows) } as const;
  const known = direction === 'up' || direction === 'down' || direction === 'either' ? direction : undefined;
  if (
    known === undefined ||
    rest.length > 0 ||
    !(rule.beyond > 0) ||
    !Number.isInteger(rule.withinRows) ||
    rule.withinRows < 1
  )
    throw new SigmaError('usage/bad-option', `'${text}' is no move`, {
      where,
      hint: 'write direction:deviations:bars, for example up:3:30 or either:4:60',
    });
  return { ...rule, direction: known };
}

/** An event where an expression over bars begins to hold. @throws SigmaError usage/bad-option with the column of the mistake */
export function parseCondition(expression: string, where = '--when'): EventRule {
  try {
    channelExpression({ expression }, where);
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    const hint = cause.hint ?? 'write it as in a feature specification, for example roc(close, 5) > 0.01';
    throw new SigmaError('usage/bad-option', cause.found, { where: cause.where ?? where, hint, cause });
  }
  return { kind: 'condition', expression };
}

/** Which way an event takes the price, where its rule says so. */
export function sideOf(rule: EventRule): TradeSide {
  if (rule.kind !== 'move' || rule.direction === 'either') return 'either';
  return rule.direction === 'up' ? 'long' : 'short';
}

/** @param given the moments of the file, where the rule says so */
export function eventPlaces(
  market: MarketPanel,
  rule: EventRule,
  {
    cooldownRows,
    given = [],
  }: { readonly cooldownRows: number; readonly given?: readonly LabelledEvent[] | undefined },
): readonly EventPlace[] {
  const { panel, bars } = market;
  switch (rule.kind) {
    case 'move':
      return moveEvents(panel, pricesOf(panel, bars), scaleOf(market), { ...rule, cooldownRows });
    case 'condition':
      parseCondition(rule.expression, 'rule.expression');
      return eventsWhere(panel, columnOf(market, 'event', rule.expression), { cooldownRows });
    case 'given':
      return labelledEvents(panel, given);
  }
}

export function scaleOf(market: MarketPanel): readonly Float64Array[] {
  return columnOf(market, 'scale', SCALE);
}

function columnOf(market: MarketPanel, name: string, expression: string): readonly Float64Array[] {
  return market.columns({ [name]: expression }).map(([column]) => column!);
}

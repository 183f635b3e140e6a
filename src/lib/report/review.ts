/** Checks of a run before it is published: do its figures agree with each other, and with what is shown? */

import { formatMoney, formatSignedPercent } from './format.ts';
import { metricValue } from './headline.ts';
import type { RunView } from './run-view.ts';

export type Finding = {
  /** Stable name: `review/identity`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly text: string;
};

export type Documents = { readonly terminal?: string; readonly html?: string; readonly json?: string };

/** Money is conserved to rounding: relative to the larger of initial cash and final equity. */
const TOLERANCE = 1e-9;

/** What is wrong with a run, errors first; empty when it may be published. Recomputes from equity, fills and trades by other means than the metrics. */
export function reviewRun(view: RunView, documents: Documents = {}): Finding[] {
  const found = [
    ...identity(view),
    ...curve(view),
    ...trades(view),
    ...recomputed(view),
    ...headline(view),
    ...shown(view, documents),
  ];
  return [...found.filter((f) => f.severity === 'error'), ...found.filter((f) => f.severity === 'warning')];
}

function error(code: string, text: string): Finding {
  return { code: `review/${code}`, severity: 'error', text };
}

function differ(a: number, b: number, scale: number): boolean {
  return !(Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(scale)));
}

function identity(view: RunView): Finding[] {
  const t = view.result.totals;
  const sum = t.initial + t.realised + t.unrealised - t.fees - t.borrow - t.interest - t.funding + t.dividends;
  if (!differ(sum, t.final, largest(view))) return [];
  return [
    error(
      'identity',
      `initial + realised + unrealised - costs + dividends is ${sum}, but the final equity is ${t.final}`,
    ),
  ];
}

/** The most money the run ever had: what its rounding is measured against. */
function largest({ result }: RunView): number {
  return result.equity.equity.reduce((most, value) => Math.max(most, Math.abs(value)), result.totals.initial);
}

function curve(view: RunView): Finding[] {
  const { time, equity, cash, net } = view.result.equity;
  const { totals } = view.result;
  const out: Finding[] = [];
  const last = equity.at(-1);
  if (last !== undefined && differ(last, totals.final, largest(view))) {
    out.push(error('final-equity', `the curve ends at ${last}, the totals say ${totals.final}`));
  }
  for (let i = 0; i < time.length; i++) {
    if (i > 0 && !(time[i]! > time[i - 1]!)) {
      out.push(error('time-order', `row ${i} of the curve is not later than the row before`));
      break;
    }
    if (differ(cash[i]! + net[i]!, equity[i]!, Math.abs(cash[i]!) + Math.abs(net[i]!))) {
      out.push(error('curve-identity', `at row ${i} cash + positions is ${cash[i]! + net[i]!}, equity ${equity[i]}`));
      break;
    }
  }
  return out;
}

function trades(view: RunView): Finding[] {
  const { fills, totals } = view.result;
  const out: Finding[] = [];
  const fees = fills.columns.fee.reduce((sum, fee) => sum + fee, 0);
  if (differ(fees, totals.fees, totals.fees + totals.initial)) {
    out.push(error('fees', `the fills' fees sum to ${fees}, the totals say ${totals.fees}`));
  }
  let gross = 0;
  // What was added up decides how much rounding may show, not the little that may be left of it.
  let moved = totals.initial;
  const t = view.result.trades.columns;
  for (let row = 0; row < view.result.trades.length; row++) {
    const made = t.grossPnl[row]!;
    const costs = t.fees[row]! + t.borrow[row]!;
    gross += made;
    moved += Math.abs(made);
    const pnl = made - t.fees[row]! - t.borrow[row]!;
    if (differ(pnl, t.pnl[row]!, Math.abs(made) + costs)) {
      out.push(error('trade-profit', `trade ${t.id[row]}: gross - fees - borrow is ${pnl}, profit says ${t.pnl[row]}`));
      break;
    }
    if (t.exitTime[row]! < t.entryTime[row]!) {
      out.push(error('trade-times', `trade ${t.id[row]} ends before it begins`));
      break;
    }
  }
  const booked = totals.realised + totals.unrealised;
  if (differ(gross, booked, moved)) {
    out.push(error('trade-sum', `the trades' gross profits sum to ${gross}, realised + unrealised is ${booked}`));
  }
  return out;
}

/** Figures that plain loops can confirm. */
function recomputed(view: RunView): Finding[] {
  const { totals, equity } = view.result;
  const { exitTime, pnl } = view.result.trades.columns;
  const closed = pnl.filter((_, row) => !Number.isNaN(exitTime[row]!));
  const expected: Readonly<Record<string, number>> = {
    totalReturn: totals.final / totals.initial - 1,
    maxDrawdown: deepest(equity.equity),
    trades: closed.length,
    winRate: closed.length === 0 ? Number.NaN : closed.filter((made) => made > 0).length / closed.length,
    fees: totals.fees,
    slippage: totals.slippage,
  };
  return Object.entries(expected).flatMap(([key, value]) => {
    const reported = view.metrics[key];
    if (reported === undefined || (Number.isNaN(reported) && Number.isNaN(value))) return [];
    if (!differ(reported, value, value)) return [];
    return [error('metric', `${key} is reported as ${reported}, computed from the records it is ${value}`)];
  });
}

function deepest(equity: Float64Array): number {
  let peak = Number.NEGATIVE_INFINITY;
  let worst = 0;
  for (const value of equity) {
    peak = Math.max(peak, value);
    worst = Math.min(worst, value / peak - 1);
  }
  return worst;
}

const headlines = ['totalReturn', 'cagr', 'sharpe', 'maxDrawdown', 'volatility'] as const;

function headline(view: RunView): Finding[] {
  if (view.result.trades.length === 0) {
    return [{ code: 'review/no-trades', severity: 'warning', text: 'the run made no trades' }];
  }
  return headlines
    .filter((key) => !Number.isFinite(metricValue(view, key)))
    .map((key) => ({ code: 'review/missing-headline', severity: 'warning', text: `${key} has no value` }));
}

/** The documents carry the figures of the run, in their text. */
function shown(view: RunView, documents: Documents): Finding[] {
  const out: Finding[] = [];
  const final = formatMoney(view.result.totals.final);
  const total = formatSignedPercent(metricValue(view, 'totalReturn'));
  for (const name of ['terminal', 'html'] as const) {
    const text = documents[name];
    if (text === undefined) continue;
    for (const figure of [final, total]) {
      if (!text.includes(figure)) out.push(error('document', `the ${name} report does not show ${figure}`));
    }
  }
  if (documents.json !== undefined) {
    const marker = `"final":${JSON.stringify(view.result.totals.final)}`;
    if (!documents.json.replaceAll(/\s/g, '').includes(marker)) {
      out.push(error('document', `the JSON document does not carry ${marker}`));
    }
  }
  return out;
}

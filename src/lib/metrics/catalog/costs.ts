/** What trading cost. */

import { quotient } from '../../statistics/index.ts';
import type { Sample } from '../sample.ts';
import type { MetricEntries } from './entry.ts';

const totalCosts = ({ costs }: Sample): number => costs.fees + costs.slippage + costs.borrow + costs.funding;

function costShare(s: Sample): number {
  const before = s.total * s.initial + totalCosts(s);
  return before > 0 ? totalCosts(s) / before : Number.NaN;
}

export const costMetrics = {
  fees: {
    title: 'Fees',
    unit: 'currency',
    better: 'lower',
    formula: 'sum of fees',
    source: 'run totals',
    compute: (s) => s.costs.fees,
  },
  slippage: {
    title: 'Slippage',
    unit: 'currency',
    better: 'lower',
    formula: 'sum over fills of spread, slippage and impact against the price before them',
    source: 'run totals',
    compute: (s) => s.costs.slippage,
  },
  borrow: {
    title: 'Borrow cost',
    unit: 'currency',
    better: 'lower',
    formula: 'sum of borrow cost of short positions',
    source: 'run totals',
    compute: (s) => s.costs.borrow,
  },
  funding: {
    title: 'Funding',
    unit: 'currency',
    better: 'lower',
    formula: 'sum of funding paid; negative when received',
    source: 'run totals',
    compute: (s) => s.costs.funding,
  },
  totalCosts: {
    title: 'Total costs',
    unit: 'currency',
    better: 'lower',
    formula: 'fees + slippage + borrow + funding',
    source: 'common',
    compute: totalCosts,
  },
  costShare: {
    title: 'Cost share of gross profit',
    unit: 'fraction',
    better: 'lower',
    formula: 'total costs / (profit + total costs); undefined unless profit before costs is positive',
    source: 'common',
    compute: costShare,
  },
  costDrag: {
    title: 'Cost drag a year',
    unit: 'fraction',
    better: 'lower',
    formula: 'total costs / mean equity / years',
    source: 'common',
    compute: (s) => quotient(quotient(totalCosts(s), s.exposure.meanEquity), s.years),
  },
  costPerValueTraded: {
    title: 'Cost of value traded',
    unit: 'fraction',
    better: 'lower',
    formula: '(fees + slippage) / traded value',
    source: 'common',
    compute: (s) => quotient(s.costs.fees + s.costs.slippage, s.exposure.traded),
  },
  breakEvenCost: {
    title: 'Break-even cost of value traded',
    unit: 'fraction',
    better: 'higher',
    formula: '(profit + fees + slippage) / traded value: the cost at which the profit is gone',
    source: 'common',
    compute: (s) => quotient(s.total * s.initial + s.costs.fees + s.costs.slippage, s.exposure.traded),
  },
  makerShare: {
    title: 'Maker share',
    unit: 'fraction',
    better: 'higher',
    formula: 'traded value of maker fills / traded value',
    source: 'common',
    compute: (s) => quotient(s.exposure.makerTraded, s.exposure.traded),
  },
} satisfies MetricEntries;

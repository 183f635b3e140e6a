/** What runs and trials say of improvement: which parameter mattered, which regime loses, which cost weighs most. */
import { costShares, parameterImportance, type TrialColumns } from '../metrics/index.ts';
import { costRemedies, type RunView, regimeName, regimesOf } from '../report/index.ts';

export type Advice = {
  /** `parameter`, `regime` or `cost`. */
  readonly about: 'parameter' | 'regime' | 'cost';
  /** The run it is about; empty when it is about all of them. */
  readonly run: string;
  readonly text: string;
};

/** Fewer runs than this say nothing about a parameter. */
const FEWEST_RUNS = 6;

export function adviceOf(given: readonly RunView[]): readonly Advice[] {
  const views = [...new Map(given.map((view) => [view.id, view])).values()];
  return [...comparedParameters(views), ...views.flatMap(runAdvice)];
}

/** The regime that loses and the cost that weighs most in one run. */
export function runAdvice(view: RunView): readonly Advice[] {
  return [...regimeAdvice(view), ...costAdvice(view)];
}

/** Over runs of one strategy that share their parameters' names. */
function comparedParameters(views: readonly RunView[]): readonly Advice[] {
  const [first] = views;
  if (first === undefined || views.length < FEWEST_RUNS || views.some((view) => view.strategy !== first.strategy))
    return [];
  const names = Object.keys(first.params).filter((name) => new Set(views.map((view) => view.params[name])).size > 1);
  return parameterAdvice(
    {
      names,
      values: names.map((name) => views.map((view) => view.params[name] ?? '')),
      objective: views.map((view) => view.metrics['sharpe'] ?? Number.NaN),
    },
    { objective: 'the Sharpe ratio', of: 'runs' },
  );
}

export type AdviceWords = { readonly objective: string; readonly of: 'runs' | 'sets' };

/** The parameter that explains most of the objective, where it explains a tenth or more. */
export function parameterAdvice(columns: TrialColumns, { objective, of }: AdviceWords): readonly Advice[] {
  const { effects, trials } = parameterImportance(columns);
  const [top] = effects;
  if (top === undefined || !(top.share > 0.1)) return [];
  const best = top.levels[top.best]!;
  return [
    {
      about: 'parameter',
      run: '',
      text: `${top.name} explains ${percent(top.share)} of the variance of ${objective} over ${trials} ${of}; best at ${best.label} (mean ${best.mean.toFixed(2)})`,
    },
  ];
}

function regimeAdvice(view: RunView): readonly Advice[] {
  const regimes = regimesOf(view);
  const [worst] = [...regimes].sort((a, b) => a.logReturn - b.logReturn);
  if (worst === undefined || !(worst.logReturn < 0)) return [];
  return [
    {
      about: 'regime',
      run: view.id,
      text: `loses most while the benchmark is ${regimeName(worst)}: ${percent(worst.annual)} a year over ${percent(worst.share)} of the time (t ${Number.isNaN(worst.tStatistic) ? 'n/a' : worst.tStatistic.toFixed(1)})`,
    },
  ];
}

function costAdvice(view: RunView): readonly Advice[] {
  const { totals } = view.result;
  const [largest] = costShares(totals);
  const before =
    totals.final - totals.initial + totals.fees + totals.slippage + totals.borrow + totals.interest + totals.funding;
  if (largest === undefined) return [];
  const weight = before > 0 ? `, ${percent(largest.amount / before)} of the profit before costs` : '';
  return [
    {
      about: 'cost',
      run: view.id,
      text: `${percent(largest.share)} of all costs is ${largest.cost} (${largest.amount.toFixed(2)} ${view.currency}${weight}): ${costRemedies[largest.cost]}`,
    },
  ];
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(Math.abs(fraction) < 0.1 ? 1 : 0)}%`;
}

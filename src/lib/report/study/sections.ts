/** The tables of a study's page. */
import { escapeHtml } from '../escape.ts';
import { formatDay, formatNumber, formatPercent } from '../format.ts';
import { formatMetric, metricOf } from '../headline.ts';
import { dataTable, pairsTable } from '../html/table.ts';
import type { CpcvView, HonestyView, StudyTrial, StudyView, WalkForwardView } from './study-view.ts';
import { paramsText } from './validation-lines.ts';

const figureKeys = [
  'sharpe',
  'cagr',
  'volatility',
  'maxDrawdown',
  'calmar',
  'trades',
  'winRate',
  'turnover',
  'totalCosts',
];

/** Where the title of the catalog makes a column wider than its figures need. */
const shortTitles: Readonly<Record<string, string>> = {
  maxDrawdown: 'Max drawdown',
  calmar: 'Calmar',
  turnover: 'Turnover',
  totalCosts: 'Costs',
};

/** Sharpe never stands without its deflated value. */
export function trialsTable(view: StudyView, trials: readonly StudyTrial[], caption: string): string {
  const names = view.space.map(({ name }) => name);
  const head = [
    '#',
    ...names,
    'score',
    ...figureKeys.flatMap((key) =>
      key === 'sharpe' ? ['Sharpe', 'deflated'] : [shortTitles[key] ?? metricOf(key)?.title ?? key],
    ),
  ];
  return dataTable(
    head,
    trials.map((trial, k) => [
      String(k + 1),
      ...names.map((name) => String(trial.params[name])),
      formatNumber(trial.score, 3),
      ...figureKeys.flatMap((key) => {
        const text = formatMetric(metricOf(key), trial.figures[key] ?? Number.NaN);
        return key === 'sharpe' ? [text, formatNumber(trial.dsr)] : [text];
      }),
    ]),
    caption,
  );
}

export function verdictSection({ assessment, sampled, shuffled }: HonestyView): string {
  const { verdict, chosen, trials, overfitting, superiorAbility: ability, costs, noise, stability } = assessment;
  const words = { for: 'speaks for it', open: 'leaves it open', against: 'speaks against it' } as const;
  const reasons = verdict.reasons
    .map(
      ({ speaks, text }) =>
        `<div class="insight ${{ for: 'good', open: 'caution', against: 'critical' }[speaks]}"><h3>${escapeHtml(text)}<span class="kind">${words[speaks]}</span></h3></div>`,
    )
    .join('');
  const figures = pairsTable('Figures', [
    ['Sharpe ratio', formatNumber(chosen.sharpe)],
    ['beyond the benchmark', formatNumber(chosen.alphaSharpe)],
    ['Deflated Sharpe ratio', formatNumber(chosen.deflatedSharpe, 3)],
    ['deflated, beyond the benchmark', formatNumber(chosen.deflatedAlpha, 3)],
    ['Trials counted, independent', `${formatNumber(trials.counted, 0)}, ${formatNumber(trials.effective, 0)}`],
    ['Sharpe that luck alone reaches', formatNumber(trials.expectedMaxSharpe)],
    [
      'Minimum backtest length',
      `${formatNumber(chosen.minBacktestYears, 1)} of ${formatNumber(assessment.years, 1)} years`,
    ],
    ['Probability of backtest overfitting', formatPercent(overfitting.pbo, 1)],
    ['Probability of loss out of sample', formatPercent(overfitting.lossProbability, 1)],
    [`Superior ability against ${ability.against}, p`, formatNumber(ability.spa.consistent, 3)],
    ['Step-down p of the chosen set', formatNumber(ability.chosen.p, 3)],
    ['its p among all trials counted', formatNumber(ability.chosen.pOfAllTrials, 3)],
    ['Sets held against each other', formatNumber(sampled, 0)],
    ...(stability === undefined ? [] : [['Neighbours keep', formatPercent(stability.retained, 0)] as const]),
    ...(noise === undefined ? [] : [['Left with jittered prices', formatPercent(noise.retained, 0)] as const]),
    ...(costs === undefined ? [] : [['Breaks even at', `${formatNumber(costs.breakEven)} x costs`] as const]),
  ]);
  const levels =
    costs === undefined
      ? ''
      : `<div class="card">${dataTable(
          ['costs', 'CAGR', 'Sharpe'],
          costs.levels.map(({ multiple, cagr, sharpe }) => [
            `${multiple} x`,
            formatPercent(cagr),
            formatNumber(sharpe),
          ]),
          'When trading costs more',
        )}</div>`;
  const drawn =
    shuffled === undefined
      ? ''
      : `<div class="card">${dataTable(
          ['', 'as it was', '5 %', 'median', '95 %'],
          (['totalReturn', 'maxDrawdown'] as const).map((key) => [
            key === 'totalReturn' ? 'Total return' : 'Max drawdown',
            ...(['actual', 'p5', 'median', 'p95'] as const).map((of) => formatPercent(shuffled[key][of], 1)),
          ]),
          `Its ${shuffled.trades} trades drawn again`,
        )}</div>`;
  return `<div class="card"><p><b>${escapeHtml(verdict.line)}</b></p>${reasons}</div><div class="pair"><div class="card">${figures}</div><div>${levels}${drawn}</div></div>`;
}

export function forwardTable({ windows }: WalkForwardView): string {
  const of = (figures: Readonly<Record<string, number>>, key: string): number => figures[key] ?? Number.NaN;
  return `<div class="card">${dataTable(
    ['searched', 'traded', 'set', 'Sharpe in sample', 'Sharpe out of sample', 'return', 'max drawdown'],
    windows.map(({ inSample, outOfSample, params, searchedSharpe = Number.NaN, figures }) => [
      `${formatDay(inSample.from - 1)} to ${formatDay(inSample.to - 1)}`,
      `${formatDay(outOfSample.from - 1)} to ${formatDay(outOfSample.to - 1)}`,
      params === undefined ? 'none' : paramsText(params),
      formatNumber(searchedSharpe),
      formatNumber(of(figures, 'sharpe')),
      formatPercent(of(figures, 'totalReturn')),
      formatPercent(of(figures, 'maxDrawdown')),
    ]),
  )}</div>`;
}

export function cpcvTables({ paths, splits, spec }: CpcvView): string {
  const of = (figures: Readonly<Record<string, number>>, key: string): number => figures[key] ?? Number.NaN;
  const pathRows = paths.map((path, k) => [
    String(k + 1),
    formatNumber(of(path, 'sharpe')),
    formatPercent(of(path, 'cagr')),
    formatPercent(of(path, 'maxDrawdown')),
  ]);
  const splitRows = splits.map(({ tested, params, score, trained }) => [
    tested.map((g) => g + 1).join(', '),
    params === undefined ? 'none' : paramsText(params),
    formatNumber(score, 3),
    formatNumber(trained, 0),
  ]);
  return `<div class="pair"><div class="card">${dataTable(['path', 'Sharpe', 'CAGR', 'max drawdown'], pathRows, `${paths.length} paths through ${spec.groups} groups`)}</div><div class="card">${dataTable(['tested groups', 'chosen set', 'score in training', 'periods trained on'], splitRows, `${splits.length} splits`)}</div></div>`;
}

/** Results of scenarios as a table, as sentences and as JSON. */
import type { Band, CaseResult, ScenariosResult } from '../../lib/scenarios/index.ts';
import { percent } from './run-summary.ts';
import { table } from './table.ts';

/** A heading for each scenario, a line for each of its cases. */
type Row = { readonly name: string; readonly one?: CaseResult };

export function casesTable({ cases }: ScenariosResult, width: number): string {
  const rows = cases.flatMap((one, k): Row[] => [
    ...(cases[k - 1]?.scenario === one.scenario ? [] : [{ name: one.scenario }]),
    { name: `  ${one.case}`, one },
  ]);
  const of = (text: (one: CaseResult) => string) => (row: Row) => (row.one === undefined ? '' : text(row.one));
  const figure = (name: string) => of((one) => String(one.figures[name] ?? 'n/a'));
  return table(
    rows,
    [
      { title: 'scenario', text: (row) => row.name, shrink: true },
      { title: 'return', text: of((one) => percent(one.figures['totalReturn'])), right: true },
      { title: 'drawdown', text: of((one) => percent(one.figures['maxDrawdown'])), right: true },
      { title: 'trades', text: figure('trades'), right: true },
      { title: 'rejected', text: figure('rejectedOrders'), right: true },
      { title: 'result', text: of(status) },
      {
        title: 'speed',
        text: of((one) => (Number.isFinite(one.speedRatio) ? `${one.speedRatio.toFixed(2)}x` : '')),
        right: true,
      },
    ],
    width,
  );
}

function status(one: CaseResult): string {
  if (one.broken.length > 0) return 'broken';
  return one.baseline === 'same' ? 'ok' : one.baseline;
}

/** What moved, by how much, and which bands broke: one line a finding. */
export function findingLines({ cases, missing }: ScenariosResult): readonly string[] {
  const lines = cases.flatMap((one) => {
    const name = `${one.scenario}/${one.case}`;
    return [
      ...one.broken.map((each) => `${name}: ${each.figure} is ${amount(each.value)}, expected ${bandText(each.band)}`),
      ...(one.marketChanged ? [`${name}: the market's bars are others than in the baseline`] : []),
      ...one.moved.map(
        (each) =>
          `${name}: ${each.figure} moved from ${amount(each.before)} to ${amount(each.now)}${change(each.before, each.now)}`,
      ),
      ...(one.slow ? [`${name}: warning: ${one.speedRatio.toFixed(2)} times the speed of the baseline`] : []),
    ];
  });
  return [...lines, ...missing.map((name) => `${name}: in the baseline, but no longer in the scenarios`)];
}

export function verdict({ cases, regressions, updated, interrupted, folder }: ScenariosResult): string {
  const fresh = cases.filter((one) => one.baseline === 'new').length;
  const stopped = interrupted ? 'stopped before the end; ' : '';
  const told =
    regressions === 0
      ? `${stopped}no regression in ${cases.length} cases`
      : `${stopped}${regressions} of ${cases.length} cases regressed`;
  if (updated) return `${told}; baseline written to ${folder}`;
  return fresh === 0 ? told : `${told}; ${fresh} not in the baseline yet, sigma scenarios run --update adds them`;
}

export function scenariosDocument(result: ScenariosResult) {
  return {
    ...result,
    cases: result.cases.map((one) => ({
      ...one,
      broken: one.broken.map(({ figure, value, band: [low, high] }) => ({ figure, value, low, high })),
    })),
  };
}

export function bandText([low, high]: Band): string {
  if (low === high) return `exactly ${low}`;
  if (low === Number.NEGATIVE_INFINITY) return `at most ${high}`;
  return high === Number.POSITIVE_INFINITY ? `at least ${low}` : `${low} to ${high}`;
}

function change(before: number, now: number): string {
  const by = now - before;
  if (!Number.isFinite(by)) return '';
  const share = before === 0 ? '' : `, ${by > 0 ? '+' : ''}${((by / Math.abs(before)) * 100).toPrecision(3)}%`;
  return ` (${by > 0 ? '+' : ''}${amount(by)}${share})`;
}

function amount(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
}

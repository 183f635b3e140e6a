/** Compared runs as tables and sentences, and as JSON. */
import type { ComparisonView } from '../../lib/report/index.ts';
import type { RunComparison } from '../../lib/runs/index.ts';
import { type TableColumn, table } from './table.ts';

/** Lines of a diff shown in the terminal; the page has all of them. */
const DIFF_LINES = 40;

export function comparisonText(
  comparison: RunComparison,
  view: ComparisonView,
  options: { readonly all: boolean; readonly width: number },
): string {
  const { metrics } = comparison;
  type Row = { readonly label: string; readonly values: readonly string[] };
  const shownSettings = view.settings.filter((line) => options.all || line.differs);
  const rows: Row[] = [
    ...['strategy.name', 'data.name'].flatMap((key) => shownAlways(comparison, key)),
    ...shownSettings,
    ...metrics
      .filter((line) => options.all || line.headline)
      .map(({ title, texts }) => ({ label: title, values: texts })),
  ];
  const columns: TableColumn<Row>[] = [
    { title: '', text: (row) => row.label, shrink: true },
    ...view.labels.map((label, k) => ({
      title: label,
      text: (row: Row) => row.values[k] ?? '',
      right: true,
      shrink: true,
    })),
  ];
  return [
    view.synthetic ? 'SYNTHETIC DATA' : '',
    table(rows, columns, options.width),
    section('where they part', view.divergence),
    ...view.code.map(({ title, diff }) => section(`code, ${title}`, shortened(diff))),
    section('what to try', view.advice),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Names that are told even when they are equal. */
function shownAlways({ settings }: RunComparison, key: string) {
  const line = settings.find((each) => each.key === key);
  return line === undefined || line.differs ? [] : [{ label: key.replace('.name', ''), values: line.values }];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function shortened(diff: string): readonly string[] {
  const lines = diff.split('\n');
  return lines.length <= DIFF_LINES
    ? lines
    : [...lines.slice(0, DIFF_LINES), `… ${lines.length - DIFF_LINES} lines more; --out compare.html has them`];
}

/** Equity stays in the runs' own tables: the document tells what differs. */
export function comparisonDocument({ lines, against, ...rest }: RunComparison, { synthetic }: ComparisonView) {
  return {
    ...rest,
    synthetic,
    against: against.map((each) => ({
      run: each.run,
      code: each.code ?? null,
      diverges: each.diverges.map((one) => ({ ...one, time: new Date(one.time).toISOString() })),
    })),
    equity: lines.map(({ name, time, equity }) => ({ name, rows: time.length, last: equity.at(-1) ?? null })),
  };
}

/** `sigma studies list`: stored studies, newest first. */
import type { Command } from 'commander';
import type { StudySummary } from '../../../lib/registry/index.ts';
import type { StudyView } from '../../../lib/report/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { dataColumns, paramsText, ratio } from '../../render/run-summary.ts';
import { type TableColumn, table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly limit: number };
type Row = { readonly study: StudySummary; readonly view: StudyView | undefined };

export function studiesListCommand(command: Command): void {
  command.option('-n, --limit <n>', 'most studies to show', numberOption('--limit', { min: 1, integer: true }), 20);
  examples(command, 'sigma studies list', 'sigma studies list --json');
  act<Flags>(command, async (io, flags) => {
    const { storedStudyView } = await import('../../../lib/studies/index.ts');
    const all = await (await wire(flags).studies()).list((problem) => io.say(problem.message));
    const rows = all.slice(0, flags.limit).map((study): Row => {
      // Listing needs the result alone; the table of trials stays where it is.
      const stored = { ...study, trials: () => Promise.reject(new Error('not read')) };
      return { study, view: study.result === undefined ? undefined : storedStudyView(stored) };
    });
    io.document('sigma.studies/1', { studies: rows.map(documentOf) });
    if (rows.length === 0) io.print('no studies stored yet; make one with sigma optimize');
    else io.print(table(rows, columnsOf(rows), io.width));
    if (all.length > rows.length) io.say(`${all.length - rows.length} more; show them with --limit ${all.length}`);
  });
}

const columnsOf = (rows: readonly Row[]): TableColumn<Row>[] => [
  { title: 'study', text: ({ study }) => study.id },
  { title: 'made', text: ({ study }) => study.meta.created.slice(0, 16).replace('T', ' ') },
  { title: 'strategy', text: ({ study }) => study.decision.strategy.name, shrink: true },
  ...dataColumns(rows, ({ study }) => study.decision.data),
  {
    title: 'sets',
    text: ({ view }) => (view === undefined ? 'unfinished' : String(view.counts.trials)),
    right: true,
  },
  { title: 'sharpe', text: ({ view }) => ratio(view?.top[0]?.figures['sharpe']), right: true },
  { title: 'deflated', text: ({ view }) => ratio(view?.top[0]?.dsr), right: true },
  { title: 'verdict', text: ({ view }) => view?.honesty?.assessment.verdict.call ?? '' },
  { title: 'best', text: ({ view }) => paramsText(view?.top[0]?.params ?? {}), shrink: true },
];

function documentOf({ study, view }: Row) {
  const best = view?.top[0];
  return {
    id: study.id,
    created: study.meta.created,
    finished: view !== undefined,
    strategy: study.decision.strategy,
    data: study.decision.data,
    search: study.decision.search,
    trials: view?.counts.trials ?? null,
    best:
      best === undefined
        ? null
        : { params: best.params, score: best.score, sharpe: best.figures['sharpe'], dsr: best.dsr },
    verdict: view?.honesty?.assessment.verdict.call ?? null,
    run: view?.run ?? null,
  };
}

/** `sigma data check`: how good the data is, row by row. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { formatTime } from '../../../lib/model/index.ts';
import { act, examples } from '../../io.ts';
import { numberOption } from '../../options/numbers.ts';
import { addReadFlags, type ReadFlags, readOptions } from '../../options/read-flags.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

type Flags = ReadFlags & { readonly calendar?: string; readonly minScore?: number; readonly rows: number };

export function dataCheckCommand(command: Command): void {
  addReadFlags(command.argument('<name>', 'data set, file, directory or postgres:// address'))
    .option('--calendar <name>', "calendar that gaps are measured on (the data set's)")
    .option(
      '--min-score <score>',
      'fail with exit code 4 below this score',
      numberOption('--min-score', { min: 0, max: 100 }),
    )
    .option('-n, --rows <n>', 'most rows to show', numberOption('--rows', { min: 0, integer: true }), 20);
  examples(command, 'sigma data check us-equities', 'sigma data check prices.csv --min-score 95');
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { checkBars, openDataset } = await import('../../../lib/data/index.ts');
    // Faulty rows are read as they are: finding them is the purpose.
    const { meta, read } = await openDataset(name, {
      ...(await wire(flags).catalog()),
      read: { ...readOptions(flags), check: false },
    });
    const bars = await read(flags.symbols === undefined ? {} : { symbols: flags.symbols });
    const calendar = flags.calendar ?? meta.sessions;
    const reports = bars.map((one) =>
      checkBars(one, { symbol: one.instrument.symbol, timeframe: one.timeframe, closeOnly: one.closeOnly, calendar }),
    );
    const score = Math.min(...reports.map((report) => report.score));
    io.document('sigma.quality/1', { name: meta.name, calendar, score, instruments: reports });
    const kinds = (totals: object): string =>
      Object.entries(totals)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ') || 'nothing';
    io.print(
      table(
        reports,
        [
          { title: 'instrument', text: (report) => report.symbol },
          { title: 'rows', text: (report) => String(report.rows), right: true },
          { title: 'score', text: (report) => report.score.toFixed(1), right: true },
          { title: 'found', text: (report) => kinds(report.totals), shrink: true },
        ],
        io.width,
      ),
    );
    const issues = reports.flatMap((report) =>
      report.issues
        .filter((issue) => issue.severity !== 'notice')
        .map((issue) => ({ ...issue, symbol: report.symbol })),
    );
    const shown = issues.slice(0, flags.rows);
    if (shown.length > 0) {
      const columns = [
        { title: 'instrument', text: (issue: (typeof shown)[number]) => issue.symbol },
        { title: 'row', text: (issue: (typeof shown)[number]) => String(issue.row + 1), right: true },
        { title: 'time', text: (issue: (typeof shown)[number]) => formatTime(issue.time) },
        { title: 'issue', text: (issue: (typeof shown)[number]) => issue.kind },
        { title: 'found', text: (issue: (typeof shown)[number]) => issue.found, shrink: true },
      ];
      io.print(`\n${table(shown, columns, io.width)}`);
    }
    if (issues.length > flags.rows) io.print(`${issues.length - flags.rows} more; --rows ${issues.length} shows all`);
    if (flags.minScore !== undefined && !(score >= flags.minScore)) {
      throw new SigmaError('data/quality', `the score ${score.toFixed(1)} is below ${flags.minScore}`, {
        where: meta.name,
        hint: 'see the rows above; repair them with sigma data import --repair',
      });
    }
  });
}

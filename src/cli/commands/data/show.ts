/** `sigma data show`: one data set, or what a file would be read as. */
import type { Command } from 'commander';
import { formatTime } from '../../../lib/model/index.ts';
import { act, examples } from '../../io.ts';
import { pairs } from '../../render/pairs.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

export function dataShowCommand(command: Command): void {
  command.argument('<name>', 'data set, file, directory or postgres:// address');
  examples(command, 'sigma data show us-equities', 'sigma data show prices.csv');
  act(command, async (io, flags, [name = '']) => {
    const { openDataset } = await import('../../../lib/data/index.ts');
    const dataset = await openDataset(name, await wire(flags).catalog());
    const { meta } = dataset;
    const bars = await dataset.read();
    const spans = bars.map((one) => ({
      symbol: one.instrument.symbol,
      kind: one.instrument.kind,
      currency: one.instrument.currency,
      rows: one.time.length,
      from: formatTime(one.time[0] ?? Number.NaN),
      to: formatTime(one.time.at(-1) ?? Number.NaN),
      last: one.close.at(-1) ?? Number.NaN,
    }));
    io.document('sigma.dataset/1', { ...meta, location: dataset.location, spans });
    const source =
      meta.source === undefined ? [] : Object.entries(meta.source).map(([key, value]) => [key, String(value)] as const);
    io.print(
      pairs([
        [meta.name, `${meta.synthetic ? 'SYNTHETIC ' : ''}${meta.title}`],
        ...(meta.description === '' ? [] : [['about', meta.description] as const]),
        ...(meta.hindsight ? [['chosen', 'with hindsight (survivorship bias)'] as const] : []),
        ['bars', `${meta.timeframe}${meta.closeOnly ? ', closes only' : ''}, ${meta.rows} rows`],
        ['range', `${meta.from.slice(0, 16)} to ${meta.to.slice(0, 16)}`],
        ['sessions', `${meta.sessions}, ${meta.periodsPerYear} bars a year`],
        ['licence', meta.licence],
        ...source,
        ['hash', meta.contentHash],
        ['place', dataset.location],
      ]),
    );
    io.print(
      `\n${table(
        spans,
        [
          { title: 'instrument', text: (span) => span.symbol },
          { title: 'kind', text: (span) => span.kind },
          { title: 'currency', text: (span) => span.currency },
          { title: 'rows', text: (span) => String(span.rows), right: true },
          { title: 'from', text: (span) => span.from },
          { title: 'to', text: (span) => span.to },
          { title: 'last', text: (span) => String(span.last), right: true },
        ],
        io.width,
      )}`,
    );
  });
}

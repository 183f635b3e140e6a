/** `sigma metrics list`: every figure a run gets, with formula and source. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';

type Flags = { readonly group?: string };

export function metricsListCommand(command: Command): void {
  command.option(
    '--group <name>',
    'only this group: return, risk, risk-adjusted, drawdown, trades, exposure, costs, benchmark, significance',
  );
  examples(command, 'sigma metrics list', 'sigma metrics list --group drawdown --json');
  act<Flags>(command, async (io, flags) => {
    const { metricCatalog } = await import('../../../lib/metrics/index.ts');
    const metrics = metricCatalog.filter((metric) => flags.group === undefined || metric.group === flags.group);
    io.document('sigma.metrics/1', {
      metrics: metrics.map(({ key, title, group, unit, better, formula, source }) => ({
        key,
        title,
        group,
        unit,
        better,
        formula,
        source,
      })),
    });
    io.print(
      table(
        metrics,
        [
          { title: 'key', text: (metric) => metric.key },
          { title: 'group', text: (metric) => metric.group },
          { title: 'unit', text: (metric) => metric.unit },
          { title: 'formula', text: (metric) => metric.formula, shrink: true },
        ],
        io.width,
      ),
    );
  });
}

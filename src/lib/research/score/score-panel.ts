/** All alerts of a panel: its rows pushed into a scorer in the order they became known. */
import { type DayRange, type Panel, rowsOf } from '../../features/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { type PrecursorAlert, type PrecursorScorer, precursorScorer } from './precursor-scorer.ts';

/** An alert with its place in the panel. */
export type PlacedAlert = PrecursorAlert & { readonly series: number; readonly row: number; readonly at: number };

export type PanelScores = { readonly alerts: readonly PlacedAlert[]; readonly counts: PrecursorScorer['counts'] };

/**
 * Scores the rows of some days; the streams know nothing before them. Rows known at the same time go by the order of the series.
 * @throws SigmaError usage/unknown-instrument as `precursorScorer`
 */
export function scorePanel(artifact: PrecursorArtifact, panel: Panel, days: DayRange): PanelScores {
  const scorer = precursorScorer(artifact);
  const alerts: PlacedAlert[] = [];
  const readers = panel.series.map(({ symbol, day, values }) => {
    const [row, end] = rowsOf(day, days);
    return { stream: scorer.stream(symbol), values: new Float64Array(values.length), row, end };
  });
  for (;;) {
    let now = Number.POSITIVE_INFINITY;
    readers.forEach((reader, s) => {
      if (reader.row < reader.end) now = Math.min(now, panel.series[s]!.at[reader.row]!);
    });
    if (now === Number.POSITIVE_INFINITY) return { alerts, counts: scorer.counts };
    readers.forEach((reader, series) => {
      const { at, slot, day, values } = panel.series[series]!;
      for (; reader.row < reader.end && at[reader.row] === now; reader.row++) {
        const { row } = reader;
        for (let c = 0; c < values.length; c++) reader.values[c] = values[c]![row]!;
        const alert = reader.stream.push(reader.values, slot[row]!, day[row]!);
        if (alert !== undefined) alerts.push({ ...alert, series, row, at: now });
      }
    });
  }
}

/** The equity of several runs on one scale: the return since each one's start. */
import type { LineChart, Tone } from '../chart/spec.ts';
import { keepExtremes } from '../downsample.ts';

export type EquityLine = {
  readonly name: string;
  /** Epoch milliseconds, ascending. */
  readonly time: Float64Array;
  readonly equity: Float64Array;
};

const tones: readonly Tone[] = ['accent', 'warn', 'gain', 'violet', 'loss', 'muted'];

function toneOf(line: number): Tone {
  return tones[line % tones.length]!;
}

/** All times of all lines, and at each the last known return of every line; NaN before its first time and after its last. */
export function overlay(lines: readonly EquityLine[]): {
  readonly time: Float64Array;
  readonly returns: readonly Float64Array[];
} {
  const time = Float64Array.from(new Set(lines.flatMap((line) => [...line.time]))).sort();
  return { time, returns: lines.map((line) => asOf(line, time)) };
}

function asOf({ time, equity }: EquityLine, at: Float64Array): Float64Array {
  const out = new Float64Array(at.length).fill(Number.NaN);
  const last = time.at(-1) ?? Number.NEGATIVE_INFINITY;
  let row = -1;
  for (let i = 0; i < at.length; i++) {
    while (row + 1 < time.length && time[row + 1]! <= at[i]!) row++;
    if (row >= 0 && at[i]! <= last) out[i] = equity[row]! / equity[0]! - 1;
  }
  return out;
}

export function overlayChart(lines: readonly EquityLine[]): LineChart {
  return lineChart(
    'Return since the start',
    lines.map((line) => line.name),
    overlay(lines),
    0,
  );
}

export function drawdownOverlay(lines: readonly EquityLine[]): LineChart {
  const { time, returns } = overlay(lines);
  const drawdowns = returns.map((values) => {
    let peak = Number.NEGATIVE_INFINITY;
    return values.map((value) => {
      if (Number.isNaN(value)) return value;
      peak = Math.max(peak, 1 + value);
      return (1 + value) / peak - 1;
    });
  });
  return lineChart(
    'Drawdown from the peak',
    lines.map((line) => line.name),
    { time, returns: drawdowns },
    0,
  );
}

function lineChart(
  title: string,
  names: readonly string[],
  { time, returns }: ReturnType<typeof overlay>,
  reference: number,
): LineChart {
  const rows = keepExtremes(returns, time.length);
  return {
    kind: 'line',
    title,
    unit: 'percent',
    reference,
    time: Array.from(rows, (row) => time[row]!),
    series: returns.map((values, k) => ({
      name: names[k]!,
      tone: toneOf(k),
      values: Array.from(rows, (row) => values[row]!),
    })),
    ...(rows.length < time.length ? { note: `${rows.length} of ${time.length} points are drawn, extremes kept.` } : {}),
  };
}

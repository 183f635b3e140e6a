/** Lines of several runs out of characters: each has its letter, and its colour where there is one. */
import { formatDay, formatPercent } from '../format.ts';
import { resample } from '../terminal/plot.ts';
import { createInk, padStart, type TerminalOptions } from '../terminal/style.ts';
import { type EquityLine, overlay } from './equity-lines.ts';

const HEIGHT = 12;
const AXIS = 9;

/** A plot with the return on the left and the days below; where lines meet the first is shown. Empty for fewer than two values. */
export function overlayPlot(lines: readonly EquityLine[], options: TerminalOptions = {}): string {
  const { time, returns } = overlay(lines);
  if (time.length < 2) return '';
  const ink = createInk(options);
  const width = ink.width - AXIS - 1;
  const columns = returns.map((values) => resample(values, width));
  const finite = columns.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const span = high - low || 1;
  const cells = Array.from({ length: HEIGHT }, () => Array.from({ length: width }, () => -1));
  for (let k = columns.length - 1; k >= 0; k--) {
    for (const [x, value] of columns[k]!.entries()) {
      if (Number.isFinite(value)) cells[Math.round((1 - (value - low) / span) * (HEIGHT - 1))]![x] = k;
    }
  }
  const paints = [ink.accent, ink.warn, ink.good, ink.bold, ink.bad, ink.dim];
  const rows = cells.map((row, y) => {
    const label = y % 3 === 0 || y === HEIGHT - 1 ? formatPercent(high - (y / (HEIGHT - 1)) * span, 1) : '';
    const marks = row.map((k) => (k < 0 ? ' ' : paints[k % paints.length]!(letterOf(k)))).join('');
    return `${padStart(label, AXIS)} ${marks}`.trimEnd();
  });
  const days = `${formatDay(time[0]!)}${padStart(formatDay(time.at(-1)!), width - 10)}`;
  return [...rows, `${' '.repeat(AXIS + 1)}${days}`].join('\n');
}

/** A to Z, then from A again. */
export function letterOf(line: number): string {
  return String.fromCharCode(65 + (line % 26));
}

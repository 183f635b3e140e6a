/** Progress of long work: a line that redraws itself with rate and ETA on a terminal, a plain line now and then elsewhere. */
import type { Io } from '../io.ts';

export type ProgressUnit = { readonly verb: string; readonly unit: string };

export interface ProgressLine {
  update(done: number, total: number, note?: string): void;
  /** Clears the line. */
  end(): void;
}

const PLAIN_MS = 10_000;
const FIRST_MS = 400;

export function progressLine(io: Io, { verb, unit }: ProgressUnit): ProgressLine {
  const began = performance.now();
  let shown = 0;
  let drawn = false;
  return {
    update: (done, total, note = '') => {
      if (io.quiet) return;
      const now = performance.now();
      if (
        now - began < FIRST_MS ||
        now - shown < (io.interactive ? 100 : PLAIN_MS) ||
        (!io.interactive && now - began < PLAIN_MS)
      )
        return;
      shown = now;
      const seconds = (now - began) / 1000;
      const rate = done / seconds;
      const left = total > done && rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
      const share = total > 0 ? `${Math.floor((100 * done) / total)}%` : '';
      const text = `${verb} ${share} ${compact(done)} ${unit}, ${compact(rate)}/s${left}${note === '' ? '' : `, at ${note}`}`;
      process.stderr.write(io.interactive ? `\r\u001b[2K${text.slice(0, io.width - 1)}` : `${text}\n`);
      drawn = io.interactive;
    },
    end: () => {
      if (drawn) process.stderr.write('\r\u001b[2K');
      drawn = false;
    },
  };
}

export function compact(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)}G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)}k`;
  return value.toFixed(0);
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${Math.round(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${Math.round((seconds % 3600) / 60)}m`;
}

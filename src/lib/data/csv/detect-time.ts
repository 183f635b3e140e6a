/** The format of a column of times, told from a sample of its cells. */
import { SigmaError } from '../../core/index.ts';
import { epochUnitMs } from '../epoch-unit.ts';
import type { TimeFormat } from './csv-format.ts';
import { timeOfText } from './time-text.ts';

/** @throws SigmaError data/bad-time when no format fits, or day and month cannot be told apart */
export function detectTimeFormat(cells: readonly string[], where: string): TimeFormat {
  // A stray cell must not hide the format of all others: it is reported with its row when it is read.
  const fits = (format: TimeFormat): boolean =>
    cells.filter((cell) => timeOfText(cell, format) !== undefined).length >= Math.max(1, cells.length * 0.5);
  const first = cells[0] ?? '';
  if (fits('iso')) return 'iso';
  if (cells.some((cell) => looksCompact(cell)) && fits('yyyymmdd')) return 'yyyymmdd';
  if (fits('epoch-ms')) return epochFormat(Number(cells.find((cell) => timeOfText(cell, 'epoch-ms')) ?? first));
  if (fits('named-month')) return 'named-month';
  const dayFirst = fits('day-first') ? worth(cells, 'day-first') : -1;
  const monthFirst = fits('month-first') ? worth(cells, 'month-first') : -1;
  if (dayFirst < 0 && monthFirst < 0)
    throw new SigmaError('data/bad-time', `'${first}' is not a time in any known format`, {
      where,
      hint: 'name the column of times with --column time=NAME',
    });
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? 'day-first' : 'month-first';
  // Dots between day, month and year are written in countries that put the day first.
  if (first.includes('.')) return 'day-first';
  throw new SigmaError('data/bad-time', `'${first}' can be day or month first`, {
    where,
    hint: 'pass --time-format day-first or month-first',
  });
}

/** Whether one cell could be a time at all; plain numbers only when they have the size of an epoch or a date. */
export function looksLikeTime(cell: string): boolean {
  if (/^-?\d+(\.\d+)?$/.test(cell.trim())) return looksCompact(cell) || Math.abs(Number(cell)) >= 1e8;
  return (['iso', 'day-first', 'month-first', 'named-month', 'yyyymmdd'] as const).some(
    (format) => timeOfText(cell, format) !== undefined,
  );
}

export function looksLikeClock(cell: string): boolean {
  return /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?$/.test(cell.trim());
}

function looksCompact(cell: string): boolean {
  return (
    /^(19|20)\d{6}([ T]\d{1,2}:?\d{2}(:?\d{2})?)?$/.test(cell.trim()) && timeOfText(cell, 'yyyymmdd') !== undefined
  );
}

function epochFormat(value: number): TimeFormat {
  const unit = epochUnitMs(value);
  return unit === 1000 ? 'epoch-s' : unit === 1 ? 'epoch-ms' : unit === 1e-3 ? 'epoch-us' : 'epoch-ns';
}

/** How many cells are such times and follow the one before: files in order speak for the right reading. */
function worth(cells: readonly string[], format: TimeFormat): number {
  let valid = 0;
  let up = 0;
  let down = 0;
  let before = Number.NaN;
  for (const cell of cells) {
    const time = timeOfText(cell, format)?.time;
    if (time === undefined) continue;
    valid++;
    if (time >= before) up++;
    if (time <= before) down++;
    before = time;
  }
  return valid * cells.length + Math.max(up, down);
}

/** How a CSV file is written: detected, shown to the user, and each item can be overridden. */
import type { ColumnLayout } from '../column-roles.ts';
import type { ReadOptions } from '../read-options.ts';

/**
 * `iso`: year first, `2021-01-31` or `2021/01/31`, with or without a time of day and an offset. `yyyymmdd`: `20210131`, `20210131 0930`.
 * `day-first`: `31.01.2021`. `month-first`: `01/31/2021`. `named-month`: `31-Jan-2021`, `Jan 31, 2021`.
 */
export const timeFormats = [
  'iso',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'yyyymmdd',
  'day-first',
  'month-first',
  'named-month',
] as const;
export type TimeFormat = (typeof timeFormats)[number];

export type CsvFormat = {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** The first line names the columns. */
  readonly header: boolean;
  /** Lines before the header or the first row: comments and titles. */
  readonly skippedLines: number;
  /** Names of all columns; of a file without a header the ones they are taken for. */
  readonly columns: readonly string[];
  readonly layout: ColumnLayout;
  readonly timeFormat: TimeFormat;
  /** Zone of the times: `offset` when each carries its own. */
  readonly timeZone: string;
};

export type CsvOptions = ReadOptions & Partial<Pick<CsvFormat, 'delimiter' | 'decimal' | 'header' | 'timeFormat'>>;

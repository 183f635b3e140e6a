/** What the row parser does with each column of a file. */
import type { ColumnLayout } from '../column-roles.ts';
import type { CsvFormat } from './csv-format.ts';
import { timeFormatCode } from './time-cell.ts';

export const SKIP = -1;
export const AS_TIME = -2;
export const AS_CLOCK = -3;
export const AS_SYMBOL = -4;

export type RowPlan = {
  readonly delimiter: number;
  readonly decimal: number;
  readonly timeFormat: number;
  /** Per column what it is, or the number of the column it fills; columns after the last that is used are left out. */
  readonly actions: Int32Array;
  readonly format: CsvFormat;
  /** Names of the number columns in the order they are filled. */
  readonly fields: readonly string[];
};

/** @param symbols of a wide file, those that are read */
export function planRows(format: CsvFormat, symbols: readonly string[]): RowPlan {
  const fields = fieldsOf(format.layout, symbols);
  const last = Math.max(...fields.concat(otherColumns(format.layout)).map((name) => format.columns.indexOf(name)));
  const actions = new Int32Array(last + 1).fill(SKIP);
  fields.forEach((name, i) => {
    actions[format.columns.indexOf(name)] = i;
  });
  const { layout } = format;
  const set = (name: string | undefined, action: number): void => {
    if (name !== undefined) actions[format.columns.indexOf(name)] = action;
  };
  set(layout.kind === 'wide' ? layout.time : layout.columns.time, AS_TIME);
  set(layout.kind === 'wide' ? layout.clock : layout.columns.clock, AS_CLOCK);
  if (layout.kind === 'long') set(layout.columns.symbol, AS_SYMBOL);
  return {
    delimiter: format.delimiter.charCodeAt(0),
    decimal: format.decimal.charCodeAt(0),
    timeFormat: timeFormatCode[format.timeFormat],
    actions,
    format,
    fields,
  };
}

function fieldsOf(layout: ColumnLayout, symbols: readonly string[]): readonly string[] {
  if (layout.kind === 'wide') return symbols;
  const { open, high, low, close, volume } = layout.columns;
  const prices = layout.closeOnly ? [close] : [open, high, low, close];
  return [...prices, volume].filter((name) => name !== undefined);
}

function otherColumns(layout: ColumnLayout): string[] {
  if (layout.kind === 'wide') return [layout.time, ...(layout.clock === undefined ? [] : [layout.clock])];
  return [layout.columns.time, layout.columns.clock, layout.columns.symbol].filter((name) => name !== undefined);
}

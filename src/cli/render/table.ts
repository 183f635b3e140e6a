/** Plain tables that fit the terminal: numbers right, text left, the widest text cut first. */

export type TableColumn<Row> = {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly right?: boolean;
  /** May be cut when the table is too wide. */
  readonly shrink?: boolean;
};

/** Lines of a table with a header; at most `width` characters each where a column may shrink. */
export function table<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], width: number): string {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.text(row))));
  const widths = columns.map((column, k) => Math.max(column.title.length, ...cells.map((cell) => cell[k]!.length)));
  const gaps = 2 * (columns.length - 1);
  for (let excess = widths.reduce((a, b) => a + b, gaps) - width; excess > 0; ) {
    const k = widestShrinkable(columns, widths);
    if (k < 0) break;
    const cut = Math.min(excess, widths[k]! - MIN_WIDTH);
    widths[k] = widths[k]! - cut;
    excess -= cut;
  }
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, k) => align(text, widths[k]!, columns[k]!.right === true))
      .join('  ')
      .trimEnd();
  return [line(columns.map((c) => c.title)), ...cells.map(line)].join('\n');
}

const MIN_WIDTH = 8;

function widestShrinkable<Row>(columns: readonly TableColumn<Row>[], widths: readonly number[]): number {
  let best = -1;
  for (let k = 0; k < columns.length; k++) {
    if (columns[k]!.shrink !== true || widths[k]! <= MIN_WIDTH) continue;
    if (best < 0 || widths[k]! > widths[best]!) best = k;
  }
  return best;
}

function align(text: string, width: number, right: boolean): string {
  const fitted = text.length > width ? `${text.slice(0, width - 1)}…` : text;
  return right ? fitted.padStart(width) : fitted.padEnd(width);
}

/** Data may carry line breaks or escape sequences; a table never passes them on. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

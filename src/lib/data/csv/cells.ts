/** Lines to cells for the few lines that detection looks at. */

/** Splits one line; quotes protect delimiters, a doubled quote is one. */
export function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (c === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (c === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
}

const absent = new Set(['', 'nan', 'null', 'na', 'n/a', '#n/a', 'none', '-', '.', 'nil', '--']);

/** The number a cell holds: NaN when it says that there is none, nothing when it is no number. */
export function numberOfText(text: string, decimal: '.' | ','): number | undefined {
  const trimmed = text.trim();
  if (absent.has(trimmed.toLowerCase())) return Number.NaN;
  let plain = trimmed;
  if (decimal === ',') plain = plain.replace(/(?<=\d)[. ](?=\d{3}(\D|$))/g, '').replace(',', '.');
  else if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(plain)) return undefined;
  return Number(plain);
}

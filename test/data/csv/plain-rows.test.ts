/** Long files, whose plain rows are read by a routine made for them, give what short ones give. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import { type CsvOptions, type CsvRead, readCsv } from '../../../src/lib/data/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
/** Enough for several chunks of the file. */
const ROWS = 80_000;
const START = 1_600_000_000_000;
const at = (row: number): number => START + row * 60_000;
const line = (row: number): string => `${at(row)},10.5,12,9.25,11,100`;

let files = 0;
function file(lines: readonly string[], head = 'time,open,high,low,close,volume', newline = '\n'): string {
  const path = join(folder, `long-${++files}.csv`);
  writeFileSync(path, `${[head, ...lines].join(newline)}${newline}`);
  return path;
}

function read(lines: readonly string[], options: CsvOptions = {}, head?: string): Promise<CsvRead> {
  return readCsv(file(lines, head), { check: false, timeframe: '1m', ...options });
}

const rows = <T>(of: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => of(row));

/** Unsigned decimals with the point anywhere, and every so often another way to write or leave out a number. */
function cells(seed: number, point = '.'): string[] {
  const rng = createRng(seed);
  const digits = (count: number): string =>
    Array.from({ length: count }, () => String(Math.floor(rng.next() * 10))).join('');
  return rows(() => {
    const whole = digits(1 + Math.floor(rng.next() * 9));
    const roll = rng.next();
    if (roll < 0.9) return `${whole}${point}${digits(Math.floor(rng.next() * 9))}`;
    if (roll < 0.95) return digits(1 + Math.floor(rng.next() * 20));
    const forms = [
      '',
      `-${whole}`,
      `"${whole}"`,
      ` ${whole}`,
      `${whole}e-3`,
      `${whole}${point}${digits(14)}`,
      `${point}5`,
    ];
    return forms[Math.floor(rng.next() * forms.length)]!;
  });
}

function numberIn(cell: string): number {
  const plain = cell.replaceAll('"', '').replace(',', '.').trim();
  return plain === '' ? Number.NaN : Number(plain);
}

describe('a long file of epoch times', () => {
  it('gives the double nearest to every cell, however it is written', async () => {
    const close = cells(1);
    const volume = cells(2);
    const { bars } = await read(
      rows((r) => `${at(r)},${close[r]},${volume[r]}`),
      {},
      'time,close,volume',
    );
    expectSame(bars[0]!.close, close.map(numberIn));
    expectSame(bars[0]!.volume, volume.map(numberIn));
    expectSame(bars[0]!.time, rows(at));
  });

  it('reads other delimiters, decimal commas, columns that are left out and Windows line ends', async () => {
    const close = cells(3, ',');
    const path = file(
      rows((r) => `${r % 7 === 0 ? `"a;${r}"` : `a${r}`};${close[r]};${at(r)};tail;"x`),
      'note;close;time;other;more',
      '\r\n',
    );
    const { bars } = await readCsv(path, { check: false, timeframe: '1m', decimal: ',' });
    expectSame(bars[0]!.close, close.map(numberIn));
    expectSame(bars[0]!.time, rows(at));
  });

  it.each([
    ['epoch-s', (r: number) => String(at(r) / 1000), at],
    ['epoch-us', (r: number) => String(at(r) * 1000 + (r % 1000)), (r: number) => (at(r) * 1000 + (r % 1000)) / 1000],
    ['epoch-ms', (r: number) => String(-at(ROWS - r)), (r: number) => -at(ROWS - r)],
  ] as const)('reads times as %s', async (timeFormat, cell, value) => {
    const { bars, format } = await read(rows((r) => `${cell(r)},1,2,1,2,3`));
    expect(format.timeFormat).toBe(timeFormat);
    expectSame(bars[0]!.time, rows(value));
  });

  it('keeps the rows of a range, also of one that starts and ends in the middle', async () => {
    const { bars } = await read(rows(line), { from: at(60_001), to: at(70_003) });
    expect([bars[0]!.time.length, bars[0]!.time[0], bars[0]!.time.at(-1)]).toEqual([10_002, at(60_001), at(70_002)]);
  });

  it('reads rows longer than what is taken in at once, and longer than a chunk', async () => {
    const long = new Map([
      [70_000, 'x'.repeat(100_000)],
      [70_001, 'y'.repeat(5_000_000)],
    ]);
    const { bars } = await read(
      rows((r) => `${at(r)},${r + 1},${long.get(r) ?? 'z'}`),
      {},
      'time,close,note',
    );
    expectSame(
      bars[0]!.close,
      rows((r) => r + 1),
    );
  });
});

describe('a fault far down in a long file', () => {
  const far = 75_000;
  it.each([
    ['an unparsable number', `${at(far)},10,12,x9,11,100`, 'data/bad-number'],
    ['an unparsable time', `${at(far)}x,10,12,9,11,100`, 'data/bad-time'],
    ['a missing time', ',10,12,9,11,100', 'data/bad-time'],
    ['a row out of order', `${at(far - 2)},10,12,9,11,100`, 'data/unsorted'],
    ['a time that occurs twice', `${at(far - 1)},10,12,9,11,100`, 'data/duplicate-time'],
    ['high below low', `${at(far)},10,8,9,9,100`, 'data/bad-bar'],
    ['a price of zero', `${at(far)},0,12,9,11,100`, 'data/bad-bar'],
    ['a missing price', `${at(far)},10,12,9,,100`, 'data/bad-bar'],
    ['a row that is too short', `${at(far)},10,12`, 'data/missing-column'],
    ['a line of spaces', '  ', 'data/bad-time'],
  ])('%s is reported with its line', async (_, fault, code) => {
    const path = file(rows((r) => (r === far ? fault : line(r))));
    await expect(readCsv(path)).rejects.toMatchObject({ code, where: `${path}:${far + 2}` });
  });

  it('has its line counted with comments and empty lines', async () => {
    const lines = rows(line);
    lines[far] = lines[far - 1]!;
    lines[20_000] = `# note\n\n${lines[20_000]}`;
    lines[70_000] = `${lines[70_000]}\n\r\n#`;
    const path = file(lines);
    await expect(readCsv(path)).rejects.toMatchObject({ code: 'data/duplicate-time', where: `${path}:${far + 6}` });
  });
});

/** The same to the bit; names the first row that is not, because a matcher takes seconds for long columns. */
function expectSame(read: Float64Array, expected: readonly number[]): void {
  const row = expected.findIndex((value, r) => !Object.is(read[r], value));
  expect({ rows: read.length, row, value: read[row] }).toEqual({ rows: expected.length, row: -1, value: undefined });
}

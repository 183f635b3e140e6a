/** Where two runs part: the first fill, trade and value of the account that is not the same in both. */
import type { Frame } from '../frame/index.ts';
import type { RunTable } from '../registry/index.ts';

export type Divergence = {
  readonly table: 'fills' | 'trades' | 'equity';
  /** Epoch milliseconds of the earlier of the two rows. */
  readonly time: number;
  /** Empty for equity. */
  readonly symbol: string;
  /** Row in the table, from 0; of the first run for equity. */
  readonly row: number;
  /** What the first run has there, and the other; `nothing` when its table has ended. */
  readonly first: string;
  readonly other: string;
};

type Tables = Readonly<Record<RunTable, Frame>>;

/** The first difference of each table in order of time, at most one a table; empty for equal results. */
export function divergences(first: Tables, other: Tables): readonly Divergence[] {
  const found = [
    rowDivergence('fills', first.fills, other.fills),
    rowDivergence('trades', first.trades, other.trades),
    equityDivergence(first.equity, other.equity),
  ];
  return found.filter((one) => one !== undefined).sort((a, b) => a.time - b.time);
}

const compared = {
  fills: ['time', 'symbol', 'side', 'quantity', 'price', 'fee'],
  trades: ['entryTime', 'symbol', 'side', 'entryPrice', 'quantity', 'exitTime', 'exitPrice', 'pnl'],
} as const;
/** Columns of a trade that are about its entry. */
const ENTRY = 4;

function rowDivergence(table: 'fills' | 'trades', first: Frame, other: Frame): Divergence | undefined {
  const columns = compared[table].map((name) => [first.column(name), other.column(name)] as const);
  const rows = Math.max(first.length, other.length);
  for (let row = 0; row < rows; row++) {
    const inBoth = row < first.length && row < other.length;
    if (inBoth && columns.every(([a, b]) => Object.is(a[row], b[row]))) continue;
    const times = [first, other].map((frame) => timeOf(table, frame, row));
    // Two trades that began alike part where the first of them ends.
    const begun = table === 'trades' && inBoth && columns.slice(0, ENTRY).every(([a, b]) => Object.is(a[row], b[row]));
    const parted = begun
      ? [first, other].map((frame) => frame.numbers('exitTime')[row]!).filter(Number.isFinite)
      : times;
    const earlier = times[0]! <= times[1]! ? first : other;
    return {
      table,
      time: Math.min(...(parted.length > 0 ? parted : times)),
      symbol: String(earlier.column('symbol')[row]),
      row,
      first: describe(table, first, row),
      other: describe(table, other, row),
    };
  }
  return undefined;
}

/** When a row began; never where there is none. */
function timeOf(table: 'fills' | 'trades', frame: Frame, row: number): number {
  return row < frame.length ? frame.numbers(compared[table][0])[row]! : Number.POSITIVE_INFINITY;
}

function describe(table: 'fills' | 'trades', frame: Frame, row: number): string {
  if (row >= frame.length) return 'nothing';
  const text = (name: string): string => String(frame.column(name)[row]);
  const price = (name: string): string => String(Number(frame.numbers(name)[row]!.toPrecision(8)));
  const day = (name: string): string => timeText(frame.numbers(name)[row]!);
  if (table === 'fills')
    return `${day('time')} ${text('side')} ${price('quantity')} ${text('symbol')} at ${price('price')}, fee ${price('fee')}`;
  const exit = Number.isNaN(frame.numbers('exitTime')[row]!)
    ? 'still open'
    : `to ${day('exitTime')} at ${price('exitPrice')}`;
  return `${text('side')} ${price('quantity')} ${text('symbol')} from ${day('entryTime')} at ${price('entryPrice')} ${exit}`;
}

/** Values at the same time: runs that begin on other days are compared where both are. */
function equityDivergence(first: Frame, other: Frame): Divergence | undefined {
  const [timeA, timeB] = [first.numbers('time'), other.numbers('time')];
  const [valueA, valueB] = [first.numbers('equity'), other.numbers('equity')];
  for (let i = 0, j = 0; i < timeA.length && j < timeB.length; ) {
    if (timeA[i]! < timeB[j]!) i++;
    else if (timeA[i]! > timeB[j]!) j++;
    else if (Object.is(valueA[i], valueB[j])) {
      i++;
      j++;
    } else {
      return {
        table: 'equity',
        time: timeA[i]!,
        symbol: '',
        row: i,
        first: valueA[i]!.toFixed(2),
        other: valueB[j]!.toFixed(2),
      };
    }
  }
  return undefined;
}

/** A day, with the minute where there is one. */
function timeText(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`;
}

/**
 * The trial ledger as append-only files: `books.jsonl` says which names, code and data belong together, and each book
 * is a file of checked frames of 24 bytes a trial. Several processes may append at once; a torn end costs nothing before it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/index.ts';
import { makeFolder } from '../../storage/index.ts';
import { openAppendLog, readAppended } from '../append-log.ts';
import { writeFailed } from '../write-failed.ts';
import { DistinctTrials } from './distinct-trials.ts';
import type { LedgerEvidence, LedgerSubject, LedgerTrials, TrialLedger } from './trial-ledger.ts';

type BookEntry = Omit<LedgerSubject, 'variant'> & { readonly book: string };

/** Header of a frame: version, trials. */
const HEADER = 8;
const VERSION = 1;

/** @param folder made when the first trial is recorded */
export function fileTrialLedger(folder: string): TrialLedger {
  const index = join(folder, 'books.jsonl');
  const bookFile = (book: string): string => join(folder, `${book}.trials`);
  /** Reads on where it stopped the last time. */
  const reader = (books: readonly string[]): (() => LedgerEvidence) => {
    const trials = new DistinctTrials();
    const ends = new Map<string, number>();
    return () => {
      for (const book of books) {
        const { payloads, end } = readAppended(bookFile(book), ends.get(book) ?? 0);
        trials.add(payloads.map(decode));
        ends.set(book, end);
      }
      return trials.evidence();
    };
  };
  return {
    evidence: (subject) => reader(booksOf(readIndex(index), subject))(),
    open: (subject) => {
      const entries = readIndex(index);
      const books = booksOf(entries, subject);
      const book = books[0] ?? sha256(subject.strategy, '\n', subject.data, '\n', subject.contentHash).slice(0, 12);
      if (!entries.some((entry) => entry.book === book && sameSubject(entry, subject)))
        addEntry(folder, index, book, subject);
      const log = openAppendLog(bookFile(book));
      return {
        record: (trials) => log.append(encode(trials)),
        // What other processes recorded since counts too; our own trials stand in the file already.
        evidence: reader(books.length === 0 ? [book] : books),
        close: log.close,
      };
    },
  };
}

/** Every book whose family and data the subject belongs to, directly or through names and code that those books connect. */
function booksOf(entries: readonly BookEntry[], subject: LedgerSubject): readonly string[] {
  const found = new Set<string>();
  const known: Omit<LedgerSubject, 'variant'>[] = [subject];
  for (let k = 0; k < known.length; k++) {
    for (const entry of entries) {
      if (found.has(entry.book) || !sameFamily(entry, known[k]!) || !sameData(entry, known[k]!)) continue;
      found.add(entry.book);
      known.push(...entries.filter(({ book }) => book === entry.book));
    }
  }
  return [...found];
}

type Named = Omit<LedgerSubject, 'variant'>;

function sameFamily(a: Named, b: Named): boolean {
  return a.strategy === b.strategy || a.lineage === b.lineage;
}

function sameData(a: Named, b: Named): boolean {
  return (a.data !== '' && a.data === b.data) || a.contentHash === b.contentHash;
}

function sameSubject(a: Named, b: Named): boolean {
  return a.strategy === b.strategy && a.lineage === b.lineage && a.data === b.data && a.contentHash === b.contentHash;
}

function readIndex(index: string): readonly BookEntry[] {
  if (!existsSync(index)) return [];
  return readFileSync(index, 'utf8')
    .split('\n')
    .flatMap((line): readonly BookEntry[] => {
      try {
        return line === '' ? [] : [JSON.parse(line)];
      } catch {
        return []; // torn by a crash; the trial that needed it was not recorded either
      }
    });
}

function addEntry(folder: string, index: string, book: string, subject: LedgerSubject): void {
  const { strategy, lineage, data, contentHash } = subject;
  try {
    makeFolder(folder);
    // A line of its own even after a torn one.
    appendFileSync(index, `\n${JSON.stringify({ book, strategy, lineage, data, contentHash })}\n`, { flush: true });
  } catch (cause) {
    throw writeFailed(index, cause);
  }
}

function encode({ keys, sharpes, periods }: LedgerTrials): Uint8Array {
  const count = sharpes.length;
  const bytes = new Uint8Array(HEADER + 24 * count);
  new Uint32Array(bytes.buffer, 0, 2).set([VERSION, count]);
  new Uint32Array(bytes.buffer, HEADER, 2 * count).set(keys.subarray(0, 2 * count));
  new Float64Array(bytes.buffer, HEADER + 8 * count, count).set(sharpes);
  new Float64Array(bytes.buffer, HEADER + 16 * count, count).set(periods);
  return bytes;
}

function decode(payload: Uint8Array): LedgerTrials {
  const bytes = new Uint8Array(payload); // aligned memory of its own
  const [version, count = 0] = new Uint32Array(bytes.buffer, 0, 2);
  if (version !== VERSION || bytes.length !== HEADER + 24 * count)
    return { keys: new Uint32Array(0), sharpes: new Float64Array(0), periods: new Float64Array(0) };
  return {
    keys: new Uint32Array(bytes.buffer, HEADER, 2 * count),
    sharpes: new Float64Array(bytes.buffer, HEADER + 8 * count, count),
    periods: new Float64Array(bytes.buffer, HEADER + 16 * count, count),
  };
}

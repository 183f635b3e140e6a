/** The one error type for bad input and refusals of the world; a broken invariant throws a plain Error instead. */
import { type ErrorCode, errorCodes, exitCodes } from './codes.ts';

export type ErrorDetail = {
  /** Where it was found: `file:row`, a key, a table, an instrument and time. */
  readonly where?: string;
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
};

/**
 * An error whose message reads `where: what was found; hint`.
 * @example throw new SigmaError('data/unsorted', 'time 2021-03-04 comes after 2021-03-05', { where: 'btc.csv:88', hint: 'sort the file, or import it with --sort' })
 */
export class SigmaError extends Error {
  readonly code: ErrorCode;
  readonly found: string;
  readonly where: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, found: string, detail: ErrorDetail = {}) {
    const place = detail.where === undefined ? '' : `${detail.where}: `;
    const advice = detail.hint === undefined ? '' : `; ${detail.hint}`;
    super(`${place}${found}${advice}`, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'SigmaError';
    this.code = code;
    this.found = found;
    this.where = detail.where;
    this.hint = detail.hint;
  }

  /** The exit code the command line ends with. */
  get exitCode(): number {
    return exitCodes[errorCodes[this.code].exit];
  }
}

/** Ends an exhaustive switch: the compiler rejects a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** Throws when an invariant of our own is broken (a bug, never bad input). */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

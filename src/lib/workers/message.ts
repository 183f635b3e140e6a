/** Results and errors as they cross a thread or a network: structured-clone data, without methods. */
import { type ErrorCode, errorCodes, SigmaError } from '../core/index.ts';
import type { SweepResult } from '../sweep/index.ts';

export type PlainError = {
  /** Empty for an error that is no SigmaError: a bug. */
  readonly code: ErrorCode | '';
  readonly found: string;
  readonly where?: string;
  readonly hint?: string;
  readonly stack?: string;
};

export type PlainResult = Omit<SweepResult, 'failures'> & {
  readonly failures: readonly (readonly [place: number, error: PlainError])[];
};

export function plainError(cause: unknown): PlainError {
  if (cause instanceof SigmaError) {
    const { code, found, where, hint } = cause;
    return { code, found, ...(where === undefined ? {} : { where }), ...(hint === undefined ? {} : { hint }) };
  }
  if (!(cause instanceof Error)) return { code: '', found: String(cause) };
  return { code: '', found: cause.message, ...(cause.stack === undefined ? {} : { stack: cause.stack }) };
}

export function errorOf(plain: PlainError): Error {
  const { code, found, where, hint, stack } = plain;
  if (code !== '' && code in errorCodes)
    return new SigmaError(code, found, {
      ...(where === undefined ? {} : { where }),
      ...(hint === undefined ? {} : { hint }),
    });
  const error = new Error(found);
  if (stack !== undefined) error.stack = stack;
  return error;
}

export function plainResult({ figures, returns, failures }: SweepResult): PlainResult {
  return {
    figures,
    ...(returns === undefined ? {} : { returns }),
    failures: [...failures].map(([place, error]) => [place, plainError(error)] as const),
  };
}

/** @throws Error when a failure is not one of bad input */
export function resultOf({ figures, returns, failures }: PlainResult): SweepResult {
  return {
    figures,
    ...(returns === undefined ? {} : { returns }),
    failures: new Map(
      failures.map(([place, plain]) => {
        const error = errorOf(plain);
        if (!(error instanceof SigmaError)) throw error;
        return [place, error] as const;
      }),
    ),
  };
}

/** Buffers that can be handed over instead of copied. */
export function buffersOf({ figures, returns }: PlainResult): ArrayBuffer[] {
  const columns = [...Object.values(figures), ...(returns === undefined ? [] : [returns])];
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}

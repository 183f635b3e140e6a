/** A failure as the user sees it: one clear message on stderr, a document on stdout for scripts, the exit code of its kind. */
import { exitCodes, SigmaError } from '../lib/core/index.ts';
import { printed } from './io.ts';

/** Writes the failure and returns the exit code. */
export async function reportFailure(error: unknown, args: readonly string[]): Promise<number> {
  const debug = args.includes('--debug') || process.env['SIGMA_DEBUG'] === '1';
  const exitCode = error instanceof SigmaError ? error.exitCode : exitCodes.bug;
  const { mapStack } = await placesOf(error);
  process.stderr.write(`${mapStack(text(error, debug))}\n`);
  if (args.includes('--json') && !printed.document) writeErrorDocument(error, exitCode);
  return exitCode;
}

/** Places in a strategy's bundled module become those in its file. */
async function placesOf(error: unknown): Promise<{ mapStack: (stack: string) => string }> {
  const inStrategy = error instanceof SigmaError && error.code.startsWith('strategy/');
  return inStrategy ? import('../lib/plugins/index.ts') : { mapStack: (stack) => stack };
}

function text(error: unknown, debug: boolean): string {
  if (!(error instanceof SigmaError)) {
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error && debug ? `\n${error.stack ?? ''}` : '';
    return `sigma: this is a bug: ${message}${debug ? stack : '\nrun again with --debug to see where, and report it'}`;
  }
  const lines = [`sigma: ${error.message}`];
  const cause = error.cause;
  // The author of a strategy needs the place in his own file; elsewhere the cause is only for debugging.
  if (cause instanceof Error && cause.stack !== undefined && (debug || error.code === 'strategy/threw')) {
    lines.push(debug ? cause.stack : firstFrames(cause.stack));
  }
  if (debug && error.stack !== undefined) lines.push(error.stack);
  return lines.filter((line) => line !== '').join('\n');
}

function firstFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 4)
    .join('\n');
}

/** The failure for scripts, as the one document on stdout. */
export function writeErrorDocument(error: unknown, exitCode: number): void {
  process.stdout.write(`${JSON.stringify(errorDocument(error, exitCode))}\n`);
}

function errorDocument(error: unknown, exitCode: number) {
  const sigma = error instanceof SigmaError ? error : undefined;
  return {
    schema: 'sigma.error/1',
    error: {
      code: sigma?.code ?? 'bug',
      message: error instanceof Error ? error.message : String(error),
      ...(sigma?.where === undefined ? {} : { where: sigma.where }),
      ...(sigma?.hint === undefined ? {} : { hint: sigma.hint }),
    },
    exitCode,
  };
}

/** Runs one command line from arguments to exit code; every failure passes through here. */
import { CommanderError } from 'commander';
import { exitCodes, SigmaError } from '../lib/core/index.ts';
import { reportFailure, writeErrorDocument } from './failure.ts';
import { interruption } from './interrupt.ts';
import { printed } from './io.ts';
import { createProgram } from './program.ts';

/** @param args the arguments after `sigma` */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  printed.document = false;
  try {
    const program = await createProgram(args);
    if (args.length === 0) {
      program.outputHelp();
      return exitCodes.ok;
    }
    await program.parseAsync(args, { from: 'user' });
    // A command that found something wrong without failing has left its code.
    return interruption.requested ? exitCodes.interrupted : Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    return error instanceof CommanderError ? usageFailure(error, args) : reportFailure(error, args);
  }
}

/** Commander has written its message already; only scripts still need theirs. */
function usageFailure(error: CommanderError, args: readonly string[]): number {
  if (error.exitCode === 0) return exitCodes.ok;
  const message = error.message.replace(/^error: /, '');
  if (args.includes('--json')) writeErrorDocument(new SigmaError('usage/unknown-command', message), exitCodes.usage);
  return exitCodes.usage;
}

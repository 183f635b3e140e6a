#!/usr/bin/env node
/** The `sigma` command: hands the arguments over and ends with the exit code that comes back. */
import { exitCodes } from '../lib/core/index.ts';
import { interruption } from './interrupt.ts';
import { runCommandLine } from './run.ts';

// A reader that went away (`sigma runs list | head -1`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.bug),
);
process.on('SIGINT', interruption.request);
process.on('SIGTERM', interruption.request);
process.exitCode = await runCommandLine(process.argv.slice(2));

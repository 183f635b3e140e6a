#!/usr/bin/env node
/** The `sigma` command: hands the arguments over and ends with the exit code that comes back. */
import { runCommandLine } from './run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));

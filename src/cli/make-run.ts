/** Makes a run with progress on stderr; Ctrl-C keeps what was done as a partial run. */

import { formatTime } from '../lib/model/index.ts';
import type { Run, RunOptions } from '../lib/runs/index.ts';
import { interruption } from './interrupt.ts';
import type { Io } from './io.ts';
import { progressLine } from './render/progress.ts';
import type { Workspace } from './wire.ts';

export async function makeRun(
  io: Io,
  workspace: Workspace,
  strategy: string,
  options: RunOptions,
  keep: { readonly store: boolean; readonly journal?: string },
): Promise<Run> {
  const { runStrategy, strategySource } = await import('../lib/runs/index.ts');
  const progress = progressLine(io, { verb: 'backtest', unit: 'bars' });
  const [source, markets] = await Promise.all([strategySource(strategy, workspace.plugins), workspace.markets()]);
  const run = await interruption.during(async () =>
    runStrategy(source, options, {
      markets,
      artifacts: await workspace.artifactSource(),
      ledger: await workspace.ledger(),
      signal: interruption.signal,
      onProgress: ({ done, total, time }) => progress.update(done, total, formatTime(time)),
      ...(keep.store ? { store: await workspace.runs() } : {}),
      ...(keep.journal === undefined ? {} : { journal: keep.journal }),
    }),
  );
  progress.end();
  for (const warning of run.warnings) io.say(`warning: ${warning}`);
  if (run.saved !== undefined) io.say(savedText(run.saved));
  if (run.decision.status === 'partial') io.say('stopped: the result is partial and marked so');
  return run;
}

function savedText({ id, outcome }: NonNullable<Run['saved']>): string {
  if (outcome === 'same') return `run ${id}: equal to the one stored already`;
  return `run ${id} stored${outcome === 'replaced' ? ' in place of an earlier one that differed' : ''}; see sigma report ${id} --open`;
}

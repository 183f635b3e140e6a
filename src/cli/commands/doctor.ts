/** `sigma doctor`: whether this machine and folder are ready. */
import { access, constants, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { exitCodes, SigmaError } from '../../lib/core/index.ts';
import { makeFolder } from '../../lib/storage/index.ts';
import { act, examples } from '../io.ts';
import { table } from '../render/table.ts';
import { version } from '../version.ts';
import { type Workspace, wire } from '../wire.ts';

type Check = { readonly check: string; readonly ok: boolean; readonly found: string };

export function doctorCommand(command: Command): void {
  examples(command, 'sigma doctor', 'sigma doctor --json');
  act(command, async (io, flags) => {
    const workspace = wire(flags);
    const checks = [
      node(),
      await writable(workspace),
      await space(workspace),
      await data(workspace),
      await strategies(workspace),
    ];
    io.document('sigma.doctor/1', { version: version(), checks });
    const line = (check: Check): string => (check.ok ? 'ok' : 'PROBLEM');
    io.print(
      table(
        checks,
        [
          { title: '', text: line },
          { title: 'check', text: (c) => c.check },
          { title: 'found', text: (c) => c.found, shrink: true },
        ],
        io.width,
      ),
    );
    if (checks.some((check) => !check.ok)) process.exitCode = exitCodes.service;
  });
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return {
    check: 'node',
    ok: major > 20 || (major === 20 && minor >= 19),
    found: `${process.versions.node}, 20.19 or newer is needed`,
  };
}

async function writable({ artifacts }: Workspace): Promise<Check> {
  const probe = join(artifacts, `.probe-${process.pid}`);
  try {
    makeFolder(artifacts);
    await writeFile(probe, 'probe');
    await rm(probe);
    return { check: 'artifacts', ok: true, found: `${artifacts} can be written` };
  } catch (error) {
    return { check: 'artifacts', ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

async function space({ artifacts }: Workspace): Promise<Check> {
  let folder = artifacts;
  while (
    !(await access(folder, constants.F_OK).then(
      () => true,
      () => false,
    ))
  )
    folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 2 ** 30;
  return { check: 'disk', ok: free > 0.5, found: `${free.toFixed(1)} GiB free` };
}

async function data(workspace: Workspace): Promise<Check> {
  const entries = await workspace.datasets();
  const broken = entries.filter((entry) => 'problem' in entry).map((entry) => entry.name);
  const found =
    broken.length > 0 ? `cannot be read: ${broken.join(', ')}` : entries.map((entry) => entry.name).join(', ');
  return {
    check: 'data sets',
    ok: entries.length > 0 && broken.length === 0,
    found: found || 'none; import one with sigma data import',
  };
}

async function strategies(workspace: Workspace): Promise<Check> {
  try {
    const { listStrategies } = await import('../../lib/plugins/index.ts');
    const entries = await listStrategies(workspace.plugins);
    const broken = entries.filter((entry) => 'error' in entry).map((entry) => entry.name);
    return {
      check: 'strategies',
      ok: broken.length === 0,
      found: broken.length > 0 ? `do not load: ${broken.join(', ')}` : `${entries.length} load`,
    };
  } catch (error) {
    if (error instanceof SigmaError) return { check: 'strategies', ok: false, found: error.message };
    throw error;
  }
}

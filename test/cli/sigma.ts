/** Runs the built command as a user does, each in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject } from 'vitest';

export const binary = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type Run = (
  args: readonly string[],
  options?: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string },
) => Promise<Outcome>;

export type Place = {
  /** Absolute path of a file in the folder. */
  path(name: string): string;
  /** Every file below the folder with the hash of its content. */
  tree(): Readonly<Record<string, string>>;
  readonly sigma: Run;
};

/** Runs `work` in a fresh folder with these files in it. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  work: (here: Place) => Promise<T>,
): Promise<T> {
  // A stale build would test yesterday's code.
  expect(inject('buildProblem')).toBe('');
  const folder = mkdtempSync(join(tmpdir(), 'sigma-cli-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await work({
      path: (name) => join(folder, name),
      tree: () => treeOf(folder),
      sigma: (args, options = {}) => sigma(args, { cwd: folder, ...options }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function sigma(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Mounts a small disk with these files while `work` runs; without the right to mount, a folder that refuses writes comes nearest. */
export async function onDisk(
  here: Place,
  mountOptions: readonly string[],
  work: (path: string) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  const path = here.path('disk');
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', ...mountOptions, 'tmpfs', path]).status === 0;
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  if (!mounted) chmodSync(path, 0o555);
  try {
    await work(path);
  } finally {
    if (mounted) spawnSync('umount', [path]);
    else chmodSync(path, 0o755);
  }
}

export function treeOf(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** Daily bars of a price that rises and falls in a sine, as CSV. */
export function barsCsv(days: number, change: (row: number, line: string) => string = (_row, line) => line): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < days; i++) {
    const time = new Date(Date.UTC(2021, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
    const price = (t: number): number => 100 + 20 * Math.sin(t / 15);
    const [open, close] = [price(i), price(i + 1)];
    const line = [time, open, Math.max(open, close) + 1, Math.min(open, close) - 1, close, 1000 + i].join(',');
    lines.push(change(i, line));
  }
  return `${lines.join('\n')}\n`;
}

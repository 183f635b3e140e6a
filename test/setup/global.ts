/** Builds the command line before the tests when a source is newer than the build: the tests run what a user runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why there is no build of the present sources; empty when there is one. */
    readonly buildProblem: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export default function setup(project: TestProject): void {
  project.provide('buildProblem', stale() ? build() : '');
}

/** Only the tests of the built command line need it, so a source that does not compile fails those and no others. */
function build(): string {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', '--no-types'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `the build failed: ${stderr}`;
}

function stale(): boolean {
  const entry = `${root}dist/cli/main.js`;
  if (!existsSync(entry) || !existsSync(`${root}dist/lib/index.js`)) return true;
  const built = statSync(`${root}dist/.built`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).some(
    (name) => name.endsWith('.ts') && statSync(`${root}src/${name}`).mtimeMs > built,
  );
}

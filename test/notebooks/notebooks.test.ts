/** The notebooks run: their cells as plain TypeScript always, under tslab and Jupyter where they can be installed, with the same to show for it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Shown } from './display.ts';
import { firstSteps } from './first-steps.ts';
import { type Executed, executeNotebook, jupyterProblem, run } from './jupyter.ts';
import { codeCells, type NotebookTests, notebookPath, type Ran, runCells } from './notebook.ts';
import { research } from './research.ts';

const root = resolve(import.meta.dirname, '../..');
const problem = inject('buildProblem') || (await jupyterProblem());
if (problem !== '') console.warn(`notebooks are not run under Jupyter here: ${problem}`);

const beside = readdirSync(join(root, 'notebooks'));
const scratch = mkdtempSync(join(tmpdir(), 'sigma-notebooks-'));
beforeAll(async () => {
  vi.stubEnv('TMPDIR', scratch);
  vi.stubEnv('SIGMA_MINUTES', '');
  if (problem !== '') return;
  expect((await run(process.execPath, [join(root, 'scripts', 'setup.mjs')])).problem).toBe('');
  // The kernel type-checks each cell against the declarations of the package, so they have to be there.
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')]);
}, 300_000);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

function describeNotebook<T>({ name, exported, tests }: NotebookTests<T>): void {
  const path = notebookPath(name);
  describe(`${name}.ipynb`, () => {
    let plain: Ran<T>;
    beforeAll(async () => {
      plain = await runCells(path, exported);
    });

    it('is committed without outputs', () => {
      const cells = codeCells(path);
      expect(cells.length).toBeGreaterThan(5);
      expect(cells.flatMap((cell) => cell.outputs)).toEqual([]);
    });

    describe('its cells as one TypeScript module', () => {
      tests(() => plain);
    });

    it.runIf(problem === '')('runs under tslab and Jupyter, with the same to show', { timeout: 300_000 }, async () => {
      const executed = await executeNotebook(path);
      expect(executed.map((cell) => cell.id)).toEqual(codeCells(path).map((cell) => cell.id));
      expect(executed.flatMap(faults)).toEqual([]);
      expect(joined(executed.flatMap(shownBy))).toEqual(joined(plain.shown));
    });

    it('leaves nothing beside itself', () => {
      expect(readdirSync(join(root, 'notebooks'))).toEqual(beside);
    });
  });
}

function faults({ id, status, outputs }: Executed): string[] {
  const wrong = status !== 'ok' || outputs.some((o) => o.name === 'stderr');
  return wrong ? [`${id}: ${status} ${outputs.map((o) => o.text ?? o.evalue ?? '').join('')}`] : [];
}

function shownBy({ outputs }: Executed): Shown[] {
  return outputs.flatMap(({ text, data = {} }) => [
    ...(text === undefined ? [] : [{ type: 'text', text } as const]),
    ...(data['text/html'] === undefined ? [] : [{ type: 'html', text: data['text/html'] } as const]),
    ...(data['image/svg+xml'] === undefined ? [] : [{ type: 'svg', text: data['image/svg+xml'] } as const]),
  ]);
}

/** A kernel may print two lines as one output. */
function joined(shown: readonly Shown[]): Shown[] {
  const whole: Shown[] = [];
  for (const { type, text } of shown) {
    const before = whole.at(-1);
    if (type === 'text' && before?.type === 'text') whole[whole.length - 1] = { type, text: before.text + text };
    else whole.push({ type, text });
  }
  return whole;
}

describeNotebook(firstSteps);
describeNotebook(research);

/** Notebook files: their code cells, and those cells run as one TypeScript module. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Shown, takeShown } from './display.ts';

const root = resolve(import.meta.dirname, '../..');

/** A notebook of this project. @param name without its ending */
export const notebookPath = (name: string): string => join(root, 'notebooks', `${name}.ipynb`);

export type Cell = { readonly id: string; readonly source: string; readonly outputs: readonly unknown[] };

type StoredCell = {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
};

export function codeCells(path: string): Cell[] {
  const notebook: { readonly cells: readonly StoredCell[] } = JSON.parse(readFileSync(path, 'utf8'));
  return notebook.cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ id, source, outputs }) => ({ id, source: source.join(''), outputs: outputs ?? [] }));
}

/** What its cells come to. */
export type NotebookTests<T> = {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Names that its cells declare and the tests look at. */
  readonly exported: readonly (keyof T & string)[];
  /** @param ran what the cells made, once they have run */
  readonly tests: (ran: () => Ran<T>) => void;
};

export type Ran<T> = { readonly values: T; readonly shown: readonly Shown[] };

/**
 * Runs cells in one module, as a user would write them in a file.
 * @param exported names that they declare, whose values are returned
 * @param last id of the last cell to run; all run when left out
 */
export async function runCells<T>(
  path: string,
  exported: readonly (keyof T & string)[],
  last?: string,
): Promise<Ran<T>> {
  const cells = codeCells(path);
  const count = last === undefined ? cells.length : cells.findIndex(({ id }) => id === last) + 1;
  const shim = JSON.stringify(join(import.meta.dirname, 'display.ts'));
  const lines = [
    `import { console } from ${shim};`,
    ...cells.slice(0, count).map(({ source }) => source.replace("'tslab'", shim)),
    `export { ${exported.join(', ')} };`,
  ];
  const folder = join(root, '.cache', 'notebooks');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(path, '.ipynb')}.${count}.${process.pid}.ts`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  takeShown();
  try {
    const values: T = await import(file);
    return { values, shown: takeShown() };
  } finally {
    rmSync(file);
  }
}

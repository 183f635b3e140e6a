/** Code cells of a notebook file. */
import { readFileSync } from 'node:fs';

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

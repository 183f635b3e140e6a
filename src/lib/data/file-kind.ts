/** What a file of a table holds, by how its name ends. */
import { extname } from 'node:path';
import { SigmaError } from '../core/index.ts';

type FileKind = 'text' | 'parquet';

const kinds: Readonly<Record<string, FileKind>> = {
  '.csv': 'text',
  '.tsv': 'text',
  '.txt': 'text',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

/** Undefined for an ending that is not known. */
export const fileKind = (path: string): FileKind | undefined => kinds[extname(path).toLowerCase()];

/** @throws SigmaError data/unreadable for an ending that is not known */
export function knownKind(path: string): FileKind {
  const kind = fileKind(path);
  if (kind !== undefined) return kind;
  throw new SigmaError('data/unreadable', `files that end in '${extname(path).toLowerCase()}' are not known`, {
    where: path,
    hint: 'give a .csv, .tsv, .txt or .parquet file',
  });
}

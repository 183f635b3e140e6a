/** What sets two artifacts apart: fields of their manifests, and what is in their files. */
import { flatten, SigmaError } from '../../core/index.ts';
import type { StoredArtifact } from './artifact-store.ts';

/** A leaf under its dotted path; undefined where one side has none. */
export type FieldDifference = { readonly key: string; readonly a: string | undefined; readonly b: string | undefined };

export type FileDifference = {
  readonly file: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Bytes on each side; 0 where there is no such file. */
  readonly bytes: readonly [number, number];
  /** Of a JSON document: its leaves that differ. Empty for other files. */
  readonly fields: readonly FieldDifference[];
};

export type ArtifactDifference = {
  readonly a: string;
  readonly b: string;
  readonly manifest: readonly FieldDifference[];
  readonly files: readonly FileDifference[];
};

/** @throws SigmaError store/corrupt, data/unreadable when a file cannot be read */
export async function diffArtifacts(a: StoredArtifact, b: StoredArtifact): Promise<ArtifactDifference> {
  const { content: contentA, ...fieldsA } = a.manifest;
  const { content: contentB, ...fieldsB } = b.manifest;
  const names = [...new Set([...Object.keys(contentA), ...Object.keys(contentB)])].sort();
  const files: FileDifference[] = [];
  for (const file of names) {
    const [left, right] = [contentA[file], contentB[file]];
    if (left?.hash === right?.hash) continue;
    const both = left !== undefined && right !== undefined;
    files.push({
      file,
      change: both ? 'changed' : left === undefined ? 'added' : 'removed',
      bytes: [left?.bytes ?? 0, right?.bytes ?? 0],
      fields: both && file.endsWith('.json') ? fieldDifferences(await json(a, file), await json(b, file)) : [],
    });
  }
  return { a: a.hash, b: b.hash, manifest: fieldDifferences(fieldsA, fieldsB), files };
}

/** In the order in which the keys are met. */
function fieldDifferences(a: unknown, b: unknown): readonly FieldDifference[] {
  const [left, right] = [flatten(a), flatten(b)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((key) => ({ key, a: left.get(key), b: right.get(key) }))
    .filter((field) => field.a !== field.b);
}

async function json(artifact: StoredArtifact, file: string): Promise<unknown> {
  const text = Buffer.from(await artifact.file(file)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const where = `${artifact.manifest.name} ${artifact.hash.slice(0, 12)}: ${file}`;
    throw new SigmaError('data/unreadable', 'the file is not JSON', { where, cause });
  }
}

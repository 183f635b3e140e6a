/** The public surface: which names a user can import, and that importing them stays cheap. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const face = join(root, 'src/lib/index.ts');
const file = ts.createSourceFile(face, readFileSync(face, 'utf8'), ts.ScriptTarget.ES2022);

/** `value name` or `type name`, in order of names. */
function surface(): string[] {
  const names = file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) throw new Error('the face only re-exports');
    const clause = statement.exportClause;
    if (clause === undefined || !ts.isNamedExports(clause)) throw new Error('the face lists each name');
    return clause.elements.map((e) => ({ name: e.name.text, kind: statement.isTypeOnly || e.isTypeOnly }));
  });
  return names.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, kind }) => `${kind ? 'type' : 'value'} ${name}`);
}

/** Packages that are loaded when the built face is imported: what its chunk and the chunks it needs at once import statically. */
async function packagesLoaded(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [face],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: 'dist',
    write: false,
    metafile: true,
  });
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (output: string): void => {
    if (seen.has(output)) return;
    seen.add(output);
    for (const { path, kind, external } of metafile.outputs[output]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external === true) packages.add(path);
      else visit(path);
    }
  };
  visit('dist/index.js');
  return [...packages].filter((name) => !name.startsWith('node:')).sort();
}

describe('the public surface', () => {
  it('is the committed list: a change of it is a change of that file', async () => {
    await expect(`${surface().join('\n')}\n`).toMatchFileSnapshot('public-surface.txt');
  });

  it('names nothing twice', () => {
    const names = surface().map((line) => line.split(' ')[1]);
    expect(names).toHaveLength(new Set(names).size);
  });

  it('loads no database driver, chart library or Arrow until a function needs it', async () => {
    expect(await packagesLoaded()).toEqual(['luxon', 'zod']);
  });
});

/** A Markdown page as the code blocks in it, and a folder to try them in as a reader would. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, inject } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** `sh` is run, `text` after it is what it prints, `ts` and `js` that open with `// name` are files; `shell` and the rest are only read. */
export type CodeBlock = { readonly language: string; readonly code: string };
export type Command = { readonly code: string; readonly output?: string };

export function codeBlocks(page: string): readonly CodeBlock[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({ language, code }));
}

/** The commands of a page, each with the output that is printed below it. */
export function commandsOf(page: string): readonly Command[] {
  const blocks = codeBlocks(page);
  return blocks.flatMap(({ language, code }, i) => {
    if (language !== 'sh') return [];
    const next = blocks[i + 1];
    return [next?.language === 'text' ? { code, output: next.code } : { code }];
  });
}

/** Files that a page tells its reader to save: name and content. */
export function filesOf(page: string): Readonly<Record<string, string>> {
  const named = codeBlocks(page)
    .filter(({ language }) => language === 'ts' || language === 'js')
    .map(({ code }) => [/^\/\/ ([\w./-]+)\n/.exec(code)?.[1] ?? '', code] as const);
  return Object.fromEntries(named.filter(([name]) => name !== ''));
}

export type Reader = {
  /** Runs lines of a shell that stops at the first failure; returns what they print. */
  run(code: string): string;
  leave(): void;
};

/** A folder with the files of a page, `sigma` on the path and the package to import. */
export function readerOf(page: string): Reader {
  expect(inject('buildProblem')).toBe('');
  const folder = mkdtempSync(join(tmpdir(), 'sigma-docs-'));
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'sigma-quant'), 'junction');
  const command = join(bin, 'sigma');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli/main.js')}" "$@"\n`);
  chmodSync(command, 0o755);
  for (const [name, content] of Object.entries(filesOf(page))) writeFileSync(join(folder, name), content);
  return {
    run: (code) => {
      const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', code], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, HOME: folder, TMPDIR: tmpdir(), NO_COLOR: '1' },
      });
      expect(status, stderr).toBe(0);
      return stdout;
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * The lines of a documented output that a real one does not have, in order. `…` stands for any lines, at the end of a line for its rest;
 * spaces count as one, and a run's id, which depends on the version of Node, as any other.
 */
export function missingLines(documented: string, printed: string): readonly string[] {
  const plain = (text: string): string[] =>
    text.split('\n').map((line) =>
      line
        .replace(/\b[0-9a-f]{12}\b/g, 'RUN')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  const found = plain(printed);
  const missing: string[] = [];
  let from = 0;
  for (const line of plain(documented).filter((l) => l !== '' && l !== '…')) {
    const open = line.endsWith('…');
    const at = found.findIndex((l, i) => i >= from && (open ? l.startsWith(line.slice(0, -1).trim()) : l === line));
    if (at < 0) missing.push(line);
    else from = at + 1;
  }
  return missing;
}

/** What the compiler finds in the files of a page, against the library as it is now. */
export function typeProblems(page: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-docs-'));
  try {
    const files = Object.entries(filesOf(page)).filter(([name]) => name.endsWith('.ts'));
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    const program = ts.createProgram({
      rootNames: files.map(([name]) => join(folder, name)),
      options: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        lib: ['lib.es2023.d.ts'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        paths: { 'sigma-quant': [join(root, 'src/lib/index.ts')] },
      },
    });
    return files.flatMap(([name]) => {
      const source = program.getSourceFile(join(folder, name));
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        (problem) => `${name}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

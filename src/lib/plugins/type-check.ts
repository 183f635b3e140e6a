/** Type-checks a strategy file where TypeScript is installed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import { packageRoot } from './package-root.ts';

export type TypeProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** `checked` is false where the compiler is not installed: nothing is known of the types then. */
export type TypeCheck = { readonly checked: boolean; readonly problems: readonly TypeProblem[] };

export async function checkTypes(file: string): Promise<TypeCheck> {
  const ts = await compiler();
  if (ts === undefined) return { checked: false, problems: [] };
  const built = join(packageRoot(), 'dist', 'types', 'lib', 'index.d.ts');
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    allowJs: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    paths: { 'sigma-quant': [existsSync(built) ? built : join(packageRoot(), 'src', 'lib', 'index.ts')] },
  });
  const source = program.getSourceFile(file);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return { checked: true, problems: found.map((d) => problemOf(ts, d, file)) };
}

async function compiler(): Promise<typeof TypeScript | undefined> {
  try {
    const loaded = await import('typescript');
    return loaded.default ?? loaded;
  } catch {
    return undefined; // a development dependency: absent where only the package is installed
  }
}

function problemOf(ts: typeof TypeScript, diagnostic: TypeScript.Diagnostic, file: string): TypeProblem {
  const at = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0) ?? { line: 0, character: 0 };
  return {
    file: diagnostic.file?.fileName ?? file,
    line: at.line + 1,
    column: at.character + 1,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
  };
}

/** Jupyter with tslab's kernel, installed once under `.cache/`, and notebooks executed by it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const home = join(root, '.cache', 'notebooks');
const python = join(home, 'python', 'bin', 'python');
const tslab = join(home, 'tslab', 'node_modules', 'tslab', 'bin', 'tslab');
const TSLAB = '1.0.22';

export type Output = {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  /** Of a stream. */
  readonly name?: 'stdout' | 'stderr';
  readonly text?: string;
  /** By media type. */
  readonly data?: Readonly<Record<string, string>>;
  readonly evalue?: string;
};
export type Executed = { readonly id: string; readonly status: string; readonly outputs: readonly Output[] };

/** Installs what is missing. @returns why it cannot; empty when all is there */
export async function jupyterProblem(): Promise<string> {
  mkdirSync(home, { recursive: true });
  const problems = await Promise.all([installPython(), installKernel()]);
  return problems.filter((problem) => problem !== '').join('; ');
}

/** Runs a notebook in its folder and returns its code cells. A cell that fails has another status than `ok`. */
export async function executeNotebook(path: string): Promise<readonly Executed[]> {
  const script = [
    'import json, sys, nbformat',
    'from nbclient import NotebookClient',
    'notebook = nbformat.read(sys.argv[1], 4)',
    "where = {'metadata': {'path': sys.argv[2]}}",
    'replies = {}',
    "def replied(cell, cell_index, execute_reply): replies[cell.id] = execute_reply['content']['status']",
    "client = NotebookClient(notebook, kernel_name='tslab', timeout=120, allow_errors=True, resources=where)",
    'client.on_cell_executed = replied',
    'client.execute()',
    "code = [c for c in notebook.cells if c.cell_type == 'code']",
    "print(json.dumps([{'id': c.id, 'status': replies[c.id], 'outputs': c.outputs} for c in code]))",
  ].join('\n');
  const { problem, stdout } = await run(python, ['-c', script, path, resolve(path, '..')], {
    JUPYTER_PATH: join(home, 'jupyter'),
    TZ: 'UTC',
  });
  if (problem !== '') throw new Error(`Jupyter could not run ${path}: ${problem}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

async function installPython(): Promise<string> {
  if (existsSync(python) && (await run(python, ['-c', 'import nbclient, ipykernel'])).problem === '') return '';
  rmSync(join(home, 'python'), { recursive: true, force: true });
  const made = await run('python3', ['-m', 'venv', join(home, 'python')]);
  if (made.problem !== '') return made.problem;
  const quiet = ['-q', '--disable-pip-version-check', '--retries=1'];
  return (await run(python, ['-m', 'pip', 'install', ...quiet, 'nbclient', 'ipykernel'])).problem;
}

async function installKernel(): Promise<string> {
  const prefix = join(home, 'tslab');
  const manifest = join(prefix, 'node_modules', 'tslab', 'package.json');
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== TSLAB) {
    mkdirSync(prefix, { recursive: true });
    writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
    const retries = ['--fetch-retries=1', '--no-audit', '--no-fund', '--loglevel=error'];
    const { problem } = await run('npm', ['install', '--prefix', prefix, ...retries, `tslab@${TSLAB}`]);
    if (problem !== '') return problem;
  }
  const kernel = join(home, 'jupyter', 'kernels', 'tslab');
  mkdirSync(kernel, { recursive: true });
  const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
  const spec = { argv, display_name: 'TypeScript', language: 'typescript' };
  writeFileSync(join(kernel, 'kernel.json'), JSON.stringify(spec));
  return '';
}

type Outcome = { readonly stdout: string; readonly problem: string };

/** Runs a program; `problem` is empty when it succeeded. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const options = { encoding: 'utf8', timeout: 240_000, maxBuffer: 1 << 28, env: { ...process.env, ...env } } as const;
  return new Promise((done) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const lines = stderr.trim().split('\n');
      const reason =
        lines.find((line) => /error:? (?!code|a complete log)/i.test(line)) ?? lines.at(-1) ?? error?.message;
      done({ stdout, problem: error === null ? '' : `${command} ${args.slice(0, 3).join(' ')}: ${reason}` });
    });
  });
}

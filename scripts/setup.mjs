/** Makes a fresh clone ready: installs from the lock file when needed, builds when a source is newer than the build, and links `sigma` for npx. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`sigma needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(2);
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function newest(path) {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const stamp = join(root, 'node_modules', '.sigma-lock');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, lockHash);
}

const entry = join(root, 'dist', 'cli', 'main.js');
const sources = ['src', 'scripts', 'package.json'].map((name) => newest(join(root, name)));
if (!existsSync(entry) || statSync(entry).mtimeMs < Math.max(...sources)) run('npm', 'run', '--silent', 'build');

chmodSync(entry, 0o755);
/** `npx sigma` finds the command, and files and notebooks of this folder find the package by its name. */
function link(name, target) {
  const path = join(root, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true, recursive: true });
  symlinkSync(target, path, 'junction');
}

link('.bin/sigma', join('..', '..', 'dist', 'cli', 'main.js'));
link('sigma-quant', '..');

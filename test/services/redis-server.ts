/** A real Redis for tests: a private throw-away server from the installed binary, which can be killed and started again on its port. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './postgres-server.ts';

export interface RedisServer {
  readonly url: string;
  /** Kills it and starts it anew, with nothing in it. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error that names what is missing when Redis is not installed and cannot be */
export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const program = binary() ?? install();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sigma-redis-'));
  let server = await launch(program, port, folder, settings);
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: async () => {
      await kill();
      server = await launch(program, port, folder, settings);
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(
  program: string,
  port: number,
  folder: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn(program, [...args, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout! });
  await new Promise<void>((ready, failed) => {
    lines.on('line', (line) => {
      if (line.includes('Ready to accept connections')) ready();
    });
    server.once('exit', (code) => failed(new Error(`Redis ended with code ${code}`)));
  });
  return server;
}

function binary(): string | undefined {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(':')];
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}

function install(): string {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
      env,
      stdio: 'ignore',
    });
  }
  const found = binary();
  if (found !== undefined) return found;
  throw new Error('Redis is missing: install the package redis-server');
}

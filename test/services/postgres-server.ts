/** A real Postgres for contract tests: the one of SIGMA_TEST_POSTGRES_URL, or a private throw-away server from the installed binaries. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PostgresServer = {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  stop(): void;
};

/** @throws Error that names what is missing when there is no server and none can be installed */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['SIGMA_TEST_POSTGRES_URL'];
  if (given !== undefined) return { url: given, stop: () => undefined };
  const bin = binaries() ?? install();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sigma-postgres-'));
  const data = join(folder, 'data');
  const run = runner(folder);
  run(join(bin, 'initdb'), ['-D', data, '-U', 'sigma', '--auth', 'trust', '--no-sync', '-E', 'UTF8']);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c timezone=Asia/Seoul`;
  run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const psql = (sql: string): void => {
    run(join(bin, 'psql'), ['-h', folder, '-p', String(port), '-U', 'sigma', '-d', 'postgres', '-c', sql]);
  };
  psql("ALTER ROLE sigma PASSWORD 'secret-word'");
  // Loopback connections need the password from here on, so that refusals are real.
  psql(
    `COPY (VALUES ('local all all trust'), ('host all all 127.0.0.1/32 scram-sha-256')) TO '${join(data, 'pg_hba.conf')}'`,
  );
  psql('SELECT pg_reload_conf()');
  return {
    url: `postgres://sigma:secret-word@127.0.0.1:${port}/postgres`,
    stop: () => {
      run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The server refuses to run as root: as root its programs run as the user postgres, who owns the folder. */
function runner(folder: string): (program: string, args: readonly string[]) => void {
  const root = process.getuid?.() === 0;
  if (root) {
    execFileSync('chown', ['postgres', folder]);
    chmodSync(folder, 0o700);
  }
  return (program, args) => {
    const [file, rest] = root
      ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
      : [program, [...args]];
    execFileSync(file, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  };
}

function binaries(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...debian.map((v) => join(versions, v, 'bin')), ...(process.env['PATH'] ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

function install(): string {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], {
      env,
      stdio: 'ignore',
    });
  }
  const found = binaries();
  if (found !== undefined) return found;
  throw new Error('Postgres is missing: install the package postgresql, or name a server in SIGMA_TEST_POSTGRES_URL');
}

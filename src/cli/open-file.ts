/** Opens a file with the program the desktop has for it. */
import { spawn } from 'node:child_process';

export function openFile(path: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', path]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', path]
        : ['xdg-open', path];
  const child = spawn(command!, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => process.stderr.write(`no program to open ${path} with was found\n`));
  child.unref();
}

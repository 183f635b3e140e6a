/** TA-Lib's C code through its Python binding, in a process that keeps the columns and times itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { script } from '../measure.ts';
import type { Columns } from './columns.ts';

export interface TaLib {
  /** Seconds that one call takes. */
  seconds(name: string): Promise<number>;
  close(): void;
}

/** @returns undefined when Python or TA-Lib does not start. */
export async function startTaLib(python: string, columns: Columns): Promise<TaLib | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  const file = join(folder, 'columns.f64');
  const { open, high, low, close, volume } = columns;
  writeFileSync(file, Buffer.concat([open, high, low, close, volume].map((x) => Buffer.from(x.buffer))));
  const child = spawn(python, [script('indicators/talib_server.py'), file], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  rmSync(folder, { recursive: true });
  if (first.value !== 'ready') return undefined;
  return {
    seconds: async (name) => {
      child.stdin.write(`${name}\n`);
      return Number((await lines.next()).value);
    },
    close: () => child.stdin.end(),
  };
}

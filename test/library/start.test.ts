/** What the built library does by being imported, before anything is asked of it: nothing that takes time. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const library = JSON.stringify(join(root, 'dist/lib/index.js'));

describe('importing the library', () => {
  it('compiles no loop of a kernel', async () => {
    const program = `import(${library}).then((lib) => console.log(typeof lib.lag))`;
    const { stdout } = await run(process.execPath, ['--disallow-code-generation-from-strings', '-e', program]);
    expect(stdout.trim()).toBe('function');
  });

  it('reads no signature of an indicator; the first expression does', async () => {
    const program = `
      const match = String.prototype.match;
      let read = 0;
      String.prototype.match = function (pattern) {
        if (String(pattern).includes('{')) read++;
        return match.call(this, pattern);
      };
      import(${library}).then((lib) => {
        const before = read;
        lib.parseExpression('sma(close, 3)');
        console.log(before, read);
      });`;
    const { stdout } = await run(process.execPath, ['-e', program]);
    const [before, after] = stdout.trim().split(' ').map(Number);
    expect(before).toBe(0);
    expect(after).toBeGreaterThan(100);
  });
});

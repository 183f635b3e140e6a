/** `sigma --help` and small commands start at once: what is heavy is imported by the command that needs it, when it needs it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../src/cli');
const heavy =
  /^import (?!type )([^;]*?) from '[^']*lib\/(lab|report|research|runs|scenarios|studies|sweep|workers)\/index\.ts';$/gm;

describe('the command line', () => {
  it('imports no heavy part of the library before a command runs', () => {
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      // What renders is itself imported when there is something to render.
      .filter((name) => name.endsWith('.ts') && !name.startsWith('render'))
      .flatMap((name) =>
        [...readFileSync(join(root, name), 'utf8').matchAll(heavy)].map(
          ([, names, part]) => `${name}: ${names} of ${part}`,
        ),
      );
    expect(found).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkTypes,
  listStrategies,
  loadStrategy,
  loadStrategyCode,
  mapStack,
  newStrategy,
} from '../../src/lib/plugins/index.ts';

const root = mkdtempSync(join(tmpdir(), 'sigma-plugins-test-'));
let count = 0;
let folder: string;
beforeEach(() => {
  folder = join(root, `case-${count++}`);
  mkdirSync(folder);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string, into = folder): string {
  mkdirSync(into, { recursive: true });
  const file = join(into, name);
  writeFileSync(file, text);
  return file;
}
const simple = (name: string, target = '1'): string =>
  `import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: '${name}', target: () => ${target} });\n`;
const failure = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => expect.fail('it should have failed'),
    (error) => error,
  );

describe('loading by path', () => {
  it('loads TypeScript that imports the library by its public name', async () => {
    const file = write(
      'mine.ts',
      `import { defineStrategy, integer, sma } from 'sigma-quant';
       type Side = 1 | -1;
       export default defineStrategy({
         name: 'mine',
         params: { n: integer({ default: 3, min: 1, max: 9 }) },
         signals: ({ close }, p) => ({ average: sma(close, p.n) }),
         target: (row): Side => (row.close > row.average ? 1 : -1),
       });`,
    );
    const { strategy } = await loadStrategy(file);
    expect(strategy.name).toBe('mine');
    expect(strategy.params?.n).toMatchObject({ type: 'integer', default: 3 });
  });

  it('loads JavaScript, and modules beside the file', async () => {
    write('level.mjs', 'export const level = 0.25;');
    const file = write('plain.js', `import { level } from './level.mjs';\n${simple('plain', 'level')}`);
    const { strategy } = await loadStrategy(file);
    expect(strategy.target?.({} as never, {}, 0)).toBe(0.25);
  });

  it('loads the changed text after an edit, and hands out a new code hash', async () => {
    const file = write('edited.ts', simple('edited', '1'));
    const before = await loadStrategy(file);
    write('edited.ts', simple('edited', '-1'));
    const after = await loadStrategy(file);
    expect(before.strategy.target?.({} as never, {}, 0)).toBe(1);
    expect(after.strategy.target?.({} as never, {}, 0)).toBe(-1);
    expect(after.codeHash).not.toBe(before.codeHash);
  });

  it('knows a renamed copy by its lineage, whatever letters the names have', async () => {
    const text = (name: string, kernel = 'roc'): string =>
      `import { defineStrategy, integer, number, ${kernel} } from 'sigma-quant';
       export default defineStrategy({
         name: '${name}',
         params: { fast: integer({ default: 10, min: 2, max: 60 }), level: number({ default: 0, min: -1, max: 1 }) },
         signals: ({ close }, p) => ({ rise: ${kernel}(close, p.fast) }),
         target: (row, p) => (row.rise > p.level ? 1 : 0),
       });`;
    const lineages = ['mine', 'yours', 'zzqqjjxxkk', 'the-best.momentum'].map(
      async (name) => (await loadStrategy(write(`${name.slice(0, 4)}.ts`, text(name)))).lineage,
    );
    expect(new Set(await Promise.all(lineages)).size).toBe(1);
    const other = await loadStrategy(write('other.ts', text('mine', 'ema')));
    expect(other.lineage).not.toBe(await lineages[0]);
  });

  it('sees an edit of a module that the file imports', async () => {
    write('level.ts', 'export const level: number = 1;');
    const file = write('outer.ts', `import { level } from './level.ts';\n${simple('outer', 'level')}`);
    const before = await loadStrategy(file);
    write('level.ts', 'export const level: number = 2;');
    const after = await loadStrategy(file);
    expect(after.strategy.target?.({} as never, {}, 0)).toBe(2);
    expect(after.codeHash).not.toBe(before.codeHash);
  });

  it('gives one code hash whatever the folder, the comments and the line breaks', async () => {
    const text = simple('same');
    const a = await loadStrategy(write('same.ts', text, join(folder, 'a')));
    const b = await loadStrategy(write('same.ts', `/* a note */\n\n${text}`, join(folder, 'b', 'deep')));
    expect(a.codeHash).toBe(b.codeHash);
    expect(a.code).not.toContain(folder);
  });

  it('loads the stored code again without the file', async () => {
    const file = write('stored.ts', simple('stored', '0.5'));
    const { code, codeHash } = await loadStrategy(file);
    rmSync(file);
    const again = await loadStrategyCode(code, 'stored.ts');
    expect(again.strategy.target?.({} as never, {}, 0)).toBe(0.5);
    expect(again.codeHash).toBe(codeHash);
  });
});

describe('files that do not load', () => {
  it('names file, line and column of a syntax error', async () => {
    const file = write(
      'broken.ts',
      `import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: 'x', target: () => );\n`,
    );
    const error = await failure(loadStrategy(file));
    expect(error).toMatchObject({ code: 'strategy/load-failed', where: `${file}:2:58` });
  });

  it('names the line that threw while the file was loaded', async () => {
    const file = write(
      'throws.ts',
      `type A = number;\n\nconst level: A = 3;\nif (level > 2) {\n  throw new RangeError('too high');\n}\n${simple('throws')}`,
    );
    const error = await failure(loadStrategy(file));
    expect(error).toMatchObject({ code: 'strategy/load-failed', where: `${file}:5:9` });
    expect(error.message).toContain('RangeError: too high');
  });

  it('says so when a name is not exported by the library', async () => {
    const file = write(
      'missing.ts',
      `import { defineStrategy, smaa } from 'sigma-quant';\nexport default defineStrategy({ name: 'm', signals: ({ close }) => ({ x: smaa(close, 3) }), target: () => 1 });`,
    );
    const error = await failure(loadStrategy(file));
    expect(error).toMatchObject({ code: 'strategy/load-failed', where: `${file}:1:26` });
    expect(error.message).toContain("'sigma-quant' exports no 'smaa'");
  });

  it('reports an import that cannot be found, each time by the name of the file', async () => {
    const file = write('lost.ts', `import { x } from './nowhere.ts';\n${simple('lost', 'x')}`);
    for (let k = 0; k < 100; k++) {
      expect(await failure(loadStrategy(file))).toMatchObject({ code: 'strategy/load-failed', where: `${file}:1:19` });
    }
  });

  it('reports a file that exports no strategy', async () => {
    const file = write('empty.ts', 'export const a = 1;');
    expect((await failure(loadStrategy(file))).message).toContain('no strategy is exported');
  });

  it('refuses a path where nothing is, without creating it', async () => {
    expect(await failure(loadStrategy(join(folder, 'none.ts')))).toMatchObject({ code: 'usage/unknown-strategy' });
  });
});

describe('mapStack', () => {
  it('turns a place in the temporary module into the line of the strategy file', async () => {
    const file = write(
      'later.ts',
      `import { defineStrategy } from 'sigma-quant';\n\nexport default defineStrategy({\n  name: 'later',\n  target: () => {\n    throw new Error('at bar 7');\n  },\n});\n`,
    );
    const { strategy } = await loadStrategy(file);
    let stack = '';
    try {
      strategy.target?.({} as never, {}, 0);
    } catch (error) {
      stack = error instanceof Error ? (error.stack ?? '') : '';
    }
    expect(mapStack(stack)).toContain(`${file}:6:11`);
  });
});

describe('loading by name', () => {
  it('finds a strategy by the name of its file, the first folder hiding the second', async () => {
    const first = join(folder, 'first');
    const second = join(folder, 'second');
    write('twin.ts', simple('twin', '1'), first);
    write('twin.js', simple('twin', '2'), second);
    write('only.ts', simple('only', '3'), second);
    const options = { directories: [first, second, join(folder, 'absent')] };
    expect((await loadStrategy('twin', options)).file).toBe(join(first, 'twin.ts'));
    expect((await loadStrategy('only', options)).file).toBe(join(second, 'only.ts'));
  });

  it('finds a strategy by the name it gives itself', async () => {
    const file = write('file-name.ts', simple('own-name'));
    expect((await loadStrategy('own-name', { directories: [folder] })).file).toBe(file);
  });

  it('names near ones when the name is misspelt', async () => {
    write('momentum.ts', simple('momentum'));
    const error = await failure(loadStrategy('momentun', { directories: [folder] }));
    expect(error).toMatchObject({ code: 'usage/unknown-strategy', hint: 'did you mean momentum?' });
  });

  it('lists every strategy when nothing is near', async () => {
    write('momentum.ts', simple('momentum'));
    const error = await failure(loadStrategy('zzz', { directories: [folder] }));
    expect(error.message).toContain('there are momentum; a path to a file works too');
  });
});

describe('listStrategies', () => {
  it('lists what loads beside what does not', async () => {
    write('good.ts', simple('good'));
    write('bad.ts', 'export default {');
    write('notes.txt', 'no strategy');
    write('types.d.ts', 'export type A = 1;');
    write('good.test.ts', 'throw 1;');
    const entries = await listStrategies({ directories: [folder] });
    expect(entries.map((e) => e.name)).toEqual(['bad', 'good']);
    expect(entries[0]).toMatchObject({ error: { code: 'strategy/load-failed', where: join(folder, 'bad.ts:1:17') } });
    expect(entries[1]).toMatchObject({ file: join(folder, 'good.ts'), description: '', params: {} });
  });
});

describe('newStrategy', () => {
  it('writes a file that loads and has no type error', async () => {
    const file = newStrategy('fresh', join(folder, 'new', 'strategies'));
    expect((await loadStrategy(file)).strategy.name).toBe('fresh');
    expect(await checkTypes(file)).toEqual({ checked: true, problems: [] });
  });

  it('leaves an existing file alone', () => {
    const file = write('mine.ts', 'precious');
    expect(() => newStrategy('mine', folder)).toThrow(expect.objectContaining({ code: 'data/exists' }));
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('refuses a name that is not one, and a folder that cannot be made', () => {
    expect(() => newStrategy('../up', folder)).toThrow(expect.objectContaining({ code: 'usage/bad-option' }));
    const file = write('occupied', '');
    for (const folder of [file, join(file, 'x'), '/proc/sigma/deep'])
      expect(() => newStrategy('a', folder)).toThrow(expect.objectContaining({ code: 'store/write-failed' }));
  });
});

describe('checkTypes', () => {
  it('names line and column of a type error', async () => {
    const file = write(
      'typed.ts',
      `import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: 'typed', signals: ({ close }) => ({ close2: close }), target: (row) => row.signal });\n`,
    );
    const { checked, problems } = await checkTypes(file);
    expect(checked).toBe(true);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file, line: 2, column: 114 });
    expect(problems[0]?.message).toContain("Property 'signal' does not exist");
  });
});

/** A disk that is full or read-only, a database that refuses, files cut short, strategies that ask for too much. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { barsCsv, inFolder, onDisk, treeOf } from './sigma.ts';

const momentum = ['backtest', '--strategy', 'momentum', '--from', '2022-06-01'] as const;
const strategy = (name: string, body: string): string =>
  `import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: '${name}',\n  ${body}\n});\n`;

describe('a disk', () => {
  it('that is full keeps no part of a run', async () => {
    await inFolder({}, (here) =>
      onDisk(here, ['-o', 'size=16k'], async (path) => {
        const { code, stdout, stderr } = await here.sigma([...momentum, '--artifacts', path]);
        expect(stderr).toMatch(
          /could not be written.*(no space|No space|denied|permitted).*nothing stored was changed/,
        );
        expect(code).toBe(5);
        expect(stdout).toBe('');
        // That it was tried is counted all the same.
        expect(Object.keys(treeOf(path)).filter((name) => !name.startsWith('ledger'))).toEqual([]);
      }),
    );
  });

  it('that is full keeps no part of a journal, so that the same command can be run again', async () => {
    await inFolder({}, (here) =>
      onDisk(here, ['-o', 'size=16k'], async (path) => {
        for (let time = 0; time < 2; time++) {
          const { code, stderr } = await here.sigma([...momentum, '--no-store', '--journal', `${path}/j.jsonl`]);
          expect(stderr).toMatch(/j\.jsonl.*could not be written.*no part of it is kept/);
          expect(code).toBe(5);
          expect(treeOf(path)).toEqual({});
        }
      }),
    );
  });

  it('that is full leaves reports and exports as they were', async () => {
    const before = { 'report.html': 'before', 'run.json': 'before' };
    await inFolder({}, async (here) => {
      expect((await here.sigma(momentum)).code).toBe(0);
      const refused = async (path: string): Promise<void> => {
        for (const command of [
          ['report', 'latest', '--out', `${path}/report.html`],
          ['runs', 'export', 'latest', '--format', 'json', '--out', `${path}/run.json`],
          ['compare', 'latest', 'latest', '--out', `${path}/both.html`],
        ]) {
          const { code, stderr } = await here.sigma(command);
          expect(stderr).toMatch(/could not be written.*what was there before is unchanged/);
          expect(code).toBe(5);
        }
        expect(readdirSync(path).sort()).toEqual(Object.keys(before));
        for (const name of Object.keys(before)) expect(readFileSync(`${path}/${name}`, 'utf8')).toBe('before');
      };
      await onDisk(here, ['-o', 'size=16k'], refused, before);
    });
  });

  it('that is read-only is named', async () => {
    await inFolder({}, (here) =>
      onDisk(here, ['-o', 'ro,size=64k'], async (path) => {
        const { code, stderr } = await here.sigma([...momentum, '--artifacts', path]);
        expect(stderr).toMatch(/disk.*could not be written/);
        expect(code).toBe(5);
      }),
    );
  });
});

describe('a database', () => {
  it('that refuses the password is named without it', async () => {
    const refusal = Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed for user "user"\0\0');
    const header = Buffer.from([0x45, 0, 0, 0, 4 + refusal.length]);
    const server = createServer((socket) => {
      socket.on('data', () => socket.end(Buffer.concat([header, refusal])));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      await inFolder({}, async (here) => {
        const url = `postgres://user:secret@127.0.0.1:${port}/db?table=bars`;
        const { code, stderr } = await here.sigma(['backtest', '-s', 'buy-and-hold', '--data', url]);
        expect(stderr).toMatch(/127\.0\.0\.1.*refused.*password authentication failed/);
        expect(stderr).not.toContain('secret');
        expect(code).toBe(5);
        expect(here.tree()).toEqual({});
      });
    } finally {
      server.close();
    }
  });
});

describe('a Parquet file', () => {
  it('cut short anywhere is refused by its name', async () => {
    await inFolder({ 'good.csv': barsCsv(300) }, async (here) => {
      expect((await here.sigma(['data', 'export', 'good.csv', 'good.parquet'])).code).toBe(0);
      const whole = readFileSync(here.path('good.parquet'));
      for (const share of [0.1, 0.9]) {
        writeFileSync(here.path('cut.parquet'), whole.subarray(0, Math.floor(whole.length * share)));
        const { code, stderr } = await here.sigma(['backtest', '-s', 'buy-and-hold', '--data', 'cut.parquet']);
        expect(stderr).toMatch(/cut\.parquet: cannot be read.*truncated/);
        expect(code).toBe(3);
      }
    });
  });
});

describe('a strategy', () => {
  it('that throws in a handler shows instrument, time, file and line', async () => {
    const throws = strategy(
      'throws',
      "onBar: (ctx) => { if (ctx.bar.close > 119) throw new RangeError('too high'); },",
    );
    await inFolder({ 'mine.csv': barsCsv(100), 'throws.ts': throws }, async (here) => {
      const { code, stderr } = await here.sigma(['backtest', '-s', './throws.ts', '--data', 'mine.csv']);
      expect(stderr).toMatch(/throws at mine 2021-01-\d\d: .*RangeError: too high[\s\S]*throws\.ts:3/);
      expect(code).toBe(3);
    });
  });

  it('that asks for impossible leverage is cut to the account, and its maker is told', async () => {
    await inFolder({ 'mine.csv': barsCsv(100), 'wild.ts': strategy('wild', 'target: () => 1e9,') }, async (here) => {
      const { code, stdout, stderr } = await here.sigma([
        'backtest',
        '-s',
        './wild.ts',
        '--data',
        'mine.csv',
        '--json',
      ]);
      expect(stderr).toMatch(/warning: risk limits cut or refused an order: mine at 2021-01-01.*leverage limit 2/);
      expect(code).toBe(0);
      expect(Math.max(...JSON.parse(stdout).equity.gross.map((gross: number) => gross / 100_000))).toBeLessThan(4);
    });
  });
});

describe('daily bars of weekdays', () => {
  it('have 252 periods a year and no gaps at weekends, without being told', async () => {
    const weekdays = barsCsv(400)
      .split('\n')
      .filter((line, i) => i === 0 || (line !== '' && ![0, 6].includes(new Date(line.slice(0, 10)).getUTCDay())))
      .join('\n');
    await inFolder({ 'stock.csv': `${weekdays}\n` }, async (here) => {
      const run = await here.sigma(['backtest', '-s', 'buy-and-hold', '--data', 'stock.csv', '--json', '--no-store']);
      expect(JSON.parse(run.stdout)).toMatchObject({
        periodsPerYear: 252,
        quality: [{ symbol: 'stock', score: 100, issues: [] }],
      });
      expect((await here.sigma(['data', 'check', 'stock.csv', '--min-score', '100'])).code).toBe(0);
    });
  });
});

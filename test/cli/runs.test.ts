/** From a run to its report, its copy and its proof, as a user goes through them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../src/lib/runs/index.ts';
import { barsCsv, inFolder } from './sigma.ts';

const momentum = ['backtest', '--strategy', 'momentum', '--from', '2021-01-01'] as const;

describe('a stored run', () => {
  it('is shown, listed, compared, noted, reported, exported, reproduced and removed', async () => {
    await inFolder({}, async (here) => {
      const made = await here.sigma(momentum);
      expect(made.code).toBe(0);
      expect(made.stdout).toMatch(/momentum[\s\S]*us-equities · 1d · 20 instruments[\s\S]*Total return/);
      const id = /run ([0-9a-f]{12}) stored/.exec(made.stderr)?.[1] ?? '';
      expect(made.stdout).toContain(`run ${id}`);

      const again = await here.sigma([...momentum, '--json']);
      expect(again.stderr).toContain(`run ${id}: equal to the one stored already`);
      const document = JSON.parse(again.stdout);
      expect(document).toMatchObject({
        schema: 'sigma.run/1',
        id,
        status: 'complete',
        stored: 'same',
        currency: 'USD',
      });

      await here.sigma([...momentum, '-p', 'lookback=60']);
      const [shown, listed, compared, noted, report, exported, reproduced] = await Promise.all([
        here.sigma(['runs', 'show', id.slice(0, 5)]),
        here.sigma(['runs', 'list', '--json']),
        here.sigma(['runs', 'compare', id, 'latest']),
        here.sigma(['runs', 'note', id, 'before', 'fees']),
        here.sigma(['report', id, '--format', 'md', '--out', 'r.md']),
        here.sigma(['runs', 'export', id, '--format', 'csv', '--out', 'tables']),
        here.sigma(['reproduce', id]),
      ]);
      expect([shown, listed, compared, noted, report, exported, reproduced].map((one) => one.code)).toEqual([
        0, 0, 0, 0, 0, 0, 0,
      ]);
      // The summary of a stored run is the one that was printed when it was made.
      expect(shown.stdout.split('\n').slice(0, 20)).toEqual(made.stdout.split('\n').slice(0, 20));
      expect(JSON.parse(listed.stdout).runs.map((run: { id: string }) => run.id)).toContain(id);
      expect(compared.stdout).toMatch(/params\.lookback +90 +60/);
      const page = await here.sigma(['compare', id, 'latest', '--out', 'c.html', '--json']);
      expect(JSON.parse(page.stdout)).toMatchObject({ schema: 'sigma.comparison/1', runs: [id, expect.any(String)] });
      expect(readFileSync(here.path('c.html'), 'utf8')).toContain('2 runs compared');
      expect((await here.sigma(['compare', id])).stderr).toContain('one run was named; name two or more');
      expect((await here.sigma(['compare', id, 'latest', '--out', 'c.pdf'])).code).toBe(2);
      expect(reproduced.stdout).toContain('equal to the byte');
      expect(readFileSync(here.path('r.md'), 'utf8')).toContain('# momentum');
      const trades = readFileSync(here.path('tables/trades.csv'), 'utf8').trim().split('\n');
      expect(trades).toHaveLength(1 + document.trades.length);

      expect((await here.sigma(['runs', 'show', id])).stdout).toContain('before fees');
      expect((await here.sigma(['runs', 'rm', id])).code).toBe(0);
      expect((await here.sigma(['runs', 'show', id])).code).toBe(2);
    });
  });

  it('has the same totals in the terminal, the document, the export, the report and the library', async () => {
    await inFolder({}, async (here) => {
      const made = await here.sigma([...momentum, '--json']);
      const document = JSON.parse(made.stdout);
      const [exported, report, text] = await Promise.all([
        here.sigma(['runs', 'export', 'latest', '--format', 'json']),
        here.sigma(['report', 'latest', '--format', 'json', '--out', 'r.json']),
        here.sigma(['runs', 'show', 'latest']),
      ]);
      expect(report.code).toBe(0);
      const run = await backtest('momentum', { from: '2021-01-01' });
      for (const other of [JSON.parse(exported.stdout), JSON.parse(readFileSync(here.path('r.json'), 'utf8'))]) {
        expect(other.totals).toEqual(document.totals);
        expect(other.metrics).toEqual(document.metrics);
        expect(other.trades).toEqual(document.trades);
      }
      expect(run.result.totals).toEqual(document.totals);
      expect(run.id).toBe(document.id);
      expect(run.metrics['sharpe']).toBe(document.metrics.sharpe);
      expect(text.stdout).toContain(Math.round(document.totals.final).toLocaleString('en-US'));
      const arrow = await run.toArrow('trades');
      expect(arrow.numRows).toBe(document.trades.length);
    });
  });

  it('is refused with the file and the exit code of bad data when it was tampered with', async () => {
    await inFolder({}, async (here) => {
      const { stderr } = await here.sigma([...momentum, '--to', '2021-06-30']);
      const id = /run ([0-9a-f]{12})/.exec(stderr)?.[1] ?? '';
      writeFileSync(here.path(`artifacts/runs/${id}/metrics.json`), '{"metrics":{},"intervals":{}}');
      const shown = await here.sigma(['runs', 'show', id]);
      expect(shown.code).toBe(3);
      expect(shown.stderr).toMatch(/metrics\.json: the file does not match the hash/);
    });
  });

  it('differs when its data changed, and reproduce names what', async () => {
    await inFolder({ 'mine.csv': barsCsv(300) }, async (here) => {
      await here.sigma(['backtest', '--strategy', 'moving-average-cross', '-p', 'slow=40', '--data', 'mine.csv']);
      writeFileSync(
        here.path('mine.csv'),
        barsCsv(300, (row, line) => (row === 200 ? line.replace(/,\d+$/, ',7') : line)),
      );
      const { code, stderr } = await here.sigma(['reproduce', 'latest']);
      expect(code).toBe(4);
      expect(stderr).toMatch(/manifest, data\.contentHash/);
    });
  });
});

describe('a journal', () => {
  it('replays to the same decisions, and to an error where it was changed', async () => {
    await inFolder({ 'mine.csv': barsCsv(300) }, async (here) => {
      const args = ['backtest', '--strategy', 'moving-average-cross', '-p', 'slow=40', '--data', 'mine.csv'];
      const journalled = await here.sigma([...args, '--journal', 'j.jsonl', '--json']);
      const plain = await here.sigma([...args, '--json']);
      expect(JSON.parse(plain.stdout)).toMatchObject({ id: JSON.parse(journalled.stdout).id, stored: 'same' });
      const replayed = await here.sigma(['replay', 'j.jsonl', '--json']);
      expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true, totals: JSON.parse(plain.stdout).totals });

      const text = readFileSync(here.path('j.jsonl'), 'utf8');
      writeFileSync(here.path('changed.jsonl'), text.replace(/"quantity":(\d)/, '"quantity":9$1'));
      writeFileSync(here.path('cut.jsonl'), text.slice(0, Math.floor(text.length / 2)));
      const [changed, cut, absent, twice] = await Promise.all([
        here.sigma(['replay', 'changed.jsonl']),
        here.sigma(['replay', 'cut.jsonl']),
        here.sigma(['replay', 'absent.jsonl']),
        here.sigma([...args, '--journal', 'j.jsonl']),
      ]);
      expect([changed.code, cut.code, absent.code, twice.code]).toEqual([4, 3, 3, 3]);
      expect(cut.stderr).toMatch(/cut\.jsonl:\d+: the line is not a journal entry/);
      expect(readFileSync(here.path('j.jsonl'), 'utf8')).toBe(text);
    });
  });
});

describe('the options of a run', () => {
  it('come from the file, the environment and the command line, the later winning', async () => {
    await inFolder(
      {
        'sigma.config.json':
          '{ "cash": 50000, "fees": "none", "strategy": "buy-and-hold", "from": "2022-01-01", "param": {} }',
      },
      async (here) => {
        const cash = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
          JSON.parse((await here.sigma(['backtest', '--json', '--no-store', ...args], { env })).stdout).totals.initial;
        expect(await cash([])).toBe(50_000);
        expect(await cash([], { SIGMA_CASH: '60000' })).toBe(60_000);
        expect(await cash(['--cash', '70000'], { SIGMA_CASH: '60000' })).toBe(70_000);
        // Nothing is kept but the count of what was tried.
        expect(readdirSync(here.path('artifacts'))).toEqual(['ledger']);
      },
    );
  });

  it('change what they say they change', async () => {
    await inFolder({ 'mine.csv': barsCsv(400) }, async (here) => {
      const run = async (...more: readonly string[]) =>
        JSON.parse(
          (
            await here.sigma([
              'backtest',
              '-s',
              'moving-average-cross',
              '-p',
              'slow=40',
              '--data',
              'mine.csv',
              '--json',
              '--no-store',
              ...more,
            ])
          ).stdout,
        );
      const [plain, free, whole, bounds, limited] = await Promise.all([
        run(),
        run('--fees', 'none', '--slippage', 'none'),
        run('--whole-units', '--sizing', 'fixed:10.7'),
        run('--path', 'bounds'),
        run('--max-position', '0.5', '--fees', 'per-order:1'),
      ]);
      expect(plain.totals.fees).toBeGreaterThan(0);
      expect(free.totals.fees).toBe(0);
      expect(free.totals.slippage).toBe(0);
      expect(whole.orders.every((order: { quantity: number }) => Number.isInteger(order.quantity))).toBe(true);
      expect(bounds.bounds).toMatchObject({ pessimistic: plain.totals.final });
      expect(limited.totals.fees).toBe(limited.fills.length);
    });
  });
});

describe('Ctrl-C', () => {
  it('keeps what was done as a partial run and exits with 130', async () => {
    // Long enough to be stopped half way: the strategy itself sends the signal at its 30,000th bar.
    const strategy =
      "import { defineStrategy } from 'sigma-quant';\nlet n = 0;\nexport default defineStrategy({ name: 'stops', target: () => {\n  if (++n === 30000) process.kill(process.pid, 'SIGINT');\n  if (n > 30000) { const until = performance.now() + 0.02; while (performance.now() < until); }\n  return 1;\n} });\n";
    await inFolder({ 'stops.ts': strategy }, async (here) => {
      const { code, stdout, stderr } = await here.sigma([
        'backtest',
        '--strategy',
        './stops.ts',
        '--data',
        'us-equities',
        '--json',
      ]);
      expect(code).toBe(130);
      expect(stderr).toContain('partial');
      const document = JSON.parse(stdout);
      expect(document).toMatchObject({ status: 'partial', ended: 'interrupted', stored: 'new' });
      const shown = await here.sigma(['runs', 'show', document.id, '--json']);
      expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'partial', totals: document.totals });
      expect(Object.keys(here.tree()).filter((name) => name.includes('.writing'))).toEqual([]);
      expect((await here.sigma(['runs', 'list'])).stdout).toMatch(/ended[\s\S]*stopped/);
      const again = await here.sigma(['reproduce', document.id]);
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('stopped before its end') });
    });
  });
});

/** Bad input: a clear message, the exit code of its kind, and nothing changed on disk. */
import { describe, expect, it } from 'vitest';
import { barsCsv, inFolder } from './sigma.ts';

type Case = readonly [what: string, args: readonly string[], code: number, message: RegExp];

/** The row of `barsCsv` with one cell replaced. */
const cell = (row: number, column: number, text: string) => (i: number, line: string) =>
  i === row
    ? line
        .split(',')
        .map((c, k) => (k === column ? text : c))
        .join(',')
    : line;

const files: Readonly<Record<string, string>> = {
  'good.csv': barsCsv(200),
  'no-close.csv': barsCsv(50).replace('close', 'mood'),
  'word.csv': barsCsv(50, cell(10, 4, 'abc')),
  'time.csv': barsCsv(50, cell(10, 0, '2021-13-45')),
  'unsorted.csv': barsCsv(50, cell(10, 0, '2020-06-01')),
  'twice.csv': barsCsv(50, cell(10, 0, '2021-01-10')),
  'high-low.csv': barsCsv(50, cell(10, 2, '1')),
  'negative.csv': barsCsv(50, cell(10, 3, '-5')),
  'zones.csv': barsCsv(50, (i, line) => line.replace(/^(\S+?),/, i % 2 === 0 ? '$1T00:00:00Z,' : '$1T00:00:00,')),
  'truncated.parquet': 'PAR1 and then nothing',
  'empty.csv': 'time,open,high,low,close,volume\n',
  'syntax.ts':
    "import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: 'syntax', target: () => { return 1; });\n",
  'no-strategy.ts': 'export const x = 1;\n',
  'throws.ts':
    "import { defineStrategy } from 'sigma-quant';\nlet bars = 0;\nexport default defineStrategy({\n  name: 'throws',\n  target: () => {\n    if (++bars === 60) throw new TypeError('of my own making');\n    return 1;\n  },\n});\n",
  'nan.ts':
    "import { defineStrategy } from 'sigma-quant';\nexport default defineStrategy({ name: 'nan', target: (row) => (row.time > Date.UTC(2021, 2, 1) ? Number.NaN : 1) });\n",
  'config.json': '{ "cash": "much" }',
  'config-key.json': '{ "chas": 5 }',
};

const momentum = (...more: readonly string[]): readonly string[] => ['backtest', '--strategy', 'momentum', ...more];
const onData = (file: string): readonly string[] => ['backtest', '--strategy', 'buy-and-hold', '--data', file];

const usage: readonly Case[] = [
  ['an unknown command', ['bactest'], 2, /unknown command 'bactest'[\s\S]*backtest/],
  ['an unknown option', momentum('--form', '2021-01-01'), 2, /unknown option '--form'[\s\S]*--from/],
  ['a run without a strategy', ['backtest'], 2, /--strategy.*sigma strategies list/],
  ['an unknown strategy', ['backtest', '--strategy', 'momentm'], 2, /no strategy 'momentm'; did you mean momentum\?/],
  ['a strategy file that is not there', ['backtest', '--strategy', './nowhere.ts'], 2, /no file \.\/nowhere\.ts/],
  ['a strategy with a syntax error', ['backtest', '--strategy', './syntax.ts'], 2, /syntax\.ts:2:\d+/],
  ['a file without a strategy', ['backtest', '--strategy', './no-strategy.ts'], 2, /no-strategy\.ts/],
  ['a parameter out of range', momentum('-p', 'lookback=1'), 2, /momentum\.lookback: 1 is below the minimum 5/],
  ['a parameter that is no number', momentum('-p', 'lookback=long'), 2, /lookback: 'long' is not a whole number/],
  ['a misspelt parameter', momentum('-p', 'lokback=60'), 2, /no parameter 'lokback'; did you mean lookback\?/],
  ['a parameter without a value', momentum('-p', 'lookback'), 2, /--param: 'lookback' is not name=value/],
  [
    '--from after --to',
    momentum('--from', '2022-01-01', '--to', '2021-01-01'),
    2,
    /--from 2022-01-01 is not before --to 2021-01-01/,
  ],
  [
    'a market that ends before it begins',
    ['data', 'generate', 'x', '--to', '2019-05-01'],
    2,
    /--from 2020-01-01 is not before --to 2019-05-01/,
  ],
  ['a date that is none', momentum('--from', '2021-02-31x'), 2, /--from: '2021-02-31x' is not an ISO 8601/],
  ['a range without bars', momentum('--from', '2031-01-01'), 2, /no bars from 2031-01-01.*2022-12-28/],
  ['an unknown instrument', momentum('--symbols', 'APPL'), 2, /'APPL'.*AAPL/],
  ['an unknown data set', momentum('--data', 'us-equites'), 2, /'us-equites'; did you mean us-equities\?/],
  [
    'a fee model that does not exist',
    momentum('--fees', 'bsp:5'),
    2,
    /--fees: 'bsp:5' is not understood; did you mean bps\?/,
  ],
  ['a fee that is no number', momentum('--fees', 'bps:five'), 2, /--fees: 'five' is not a number/],
  [
    'a part of a sizing that means nothing',
    momentum('--sizing', 'atr:14,multiplier=3'),
    2,
    /'multiplier' means nothing for atr; did you mean multiple/,
  ],
  ['no cash', momentum('--cash', '0'), 2, /--cash: 0 is out of range; give a number above 0/],
  [
    'a level above its range',
    ['validate', 'x', '--level', '2'],
    2,
    /--level: 2 is out of range; .*above 0, at most 0\.5/,
  ],
  ['a path that does not exist', momentum('--path', 'lucky'), 2, /--path: 'lucky'.*pessimistic/],
  ['a drawdown limit that is none', momentum('--max-drawdown', '0.2:sell'), 2, /--max-drawdown: 'sell'.*flatten/],
  ['instruments of several currencies', momentum('--data', 'fx-ecb'), 2, /quoted in .*--currency/],
  ['a run that is not stored', ['runs', 'show', 'latest'], 2, /no run is stored yet/],
  ['a setting of the wrong type', momentum('--config', 'config.json'), 2, /config\.json: cash: /],
  [
    'a misspelt setting',
    momentum('--config', 'config-key.json'),
    2,
    /config-key\.json: there is no setting 'chas'; did you mean cash\?/,
  ],
];

const data: readonly Case[] = [
  ['a missing column', onData('no-close.csv'), 3, /no-close\.csv.*close.*import it with --columns/],
  ['a number that is none', onData('word.csv'), 3, /word\.csv:12.*abc/],
  ['a time that is none', onData('time.csv'), 3, /time\.csv:12.*2021-13-45.*import it with --time-format/],
  ['rows out of order', onData('unsorted.csv'), 3, /unsorted\.csv:12.*2020-06-01.*import it with --sort/],
  ['a time that comes twice', onData('twice.csv'), 3, /twice\.csv:12.*2021-01-10/],
  ['a high below the low', onData('high-low.csv'), 3, /high-low\.csv:12/],
  ['a negative price', onData('negative.csv'), 3, /negative\.csv:12.*import it with --repair drop/],
  ['times with and without a zone', onData('zones.csv'), 3, /zones\.csv.*zone|offset/],
  ['a truncated Parquet file', onData('truncated.parquet'), 3, /truncated\.parquet/],
  ['a file without rows', onData('empty.csv'), 3, /empty\.csv/],
  [
    'a strategy that throws',
    ['backtest', '--strategy', './throws.ts', '--data', 'good.csv'],
    3,
    /throws at good 2021-03-01: .*TypeError: of my own making[\s\S]*throws\.ts:6/,
  ],
  [
    'a strategy that returns NaN',
    ['backtest', '--strategy', './nan.ts', '--data', 'good.csv'],
    3,
    /nan at good 2021-03-01.*NaN/,
  ],
];

const service: readonly Case[] = [
  ['a database that does not answer', onData('postgres://user:secret@127.0.0.1:1/db?table=bars'), 5, /127\.0\.0\.1/],
  [
    'artifacts that cannot be written',
    [...momentum('--from', '2022-06-01'), '--artifacts', 'good.csv'],
    5,
    /good\.csv.*could not be written/,
  ],
  [
    'artifacts on a full disk',
    [...momentum('--from', '2022-06-01'), '--artifacts', '/dev/full'],
    5,
    /\/dev\/full.*could not be written/,
  ],
];

describe.each([
  ['usage', usage],
  ['data', data],
  ['the world', service],
])('a mistake of %s', (_kind, cases) => {
  it.concurrent.each(cases)('%s is refused', async (_what, args, code, message) => {
    await inFolder(files, async (here) => {
      const before = here.tree();
      const { code: exit, stdout, stderr } = await here.sigma(args);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/this is a bug|secret/);
      expect(exit).toBe(code);
      expect(stdout).toBe('');
      expect(here.tree()).toEqual(before);
    });
  });
});

describe('a failure under --json', () => {
  it.concurrent('is one document on stdout with code, place and hint', async () => {
    const { code, stdout } = await inFolder({}, (here) => here.sigma(momentum('-p', 'lookback=1', '--json')));
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'sigma.error/1',
      error: { code: 'usage/bad-parameter', where: 'momentum.lookback' },
      exitCode: 2,
    });
    expect(code).toBe(2);
  });

  it.concurrent('is a document for an option that does not exist as well', async () => {
    const { code, stdout } = await inFolder({}, (here) => here.sigma(['runs', 'list', '--jsn', '--json']));
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'sigma.error/1', exitCode: 2 });
    expect(code).toBe(2);
  });
});

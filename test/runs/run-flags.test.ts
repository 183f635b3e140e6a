/** The flags a report suggests make the run again. */
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addRunFlags } from '../../src/cli/options/run-flags.ts';
import { type RunFlags, runOptions } from '../../src/cli/options/run-options.ts';
import { backtest, defineStrategy, insights, type RunOptions } from '../../src/lib/index.ts';
import { randomBars } from '../market.ts';

const flip = defineStrategy({
  name: 'flip',
  target: (_row, _params, held) => (held > 0 ? -0.5 : 0.5),
});
const bars = randomBars(120, 3);
const run = (options: RunOptions) => backtest(flip, { ...options, data: bars });

/** What the command line makes of the flags. */
function parsed(flags: readonly (readonly [string, string?])[]): RunOptions {
  const command = addRunFlags(new Command().exitOverride());
  command.parse(
    flags.flat().map((word) => word ?? ''),
    { from: 'user' },
  );
  return runOptions(command.opts<RunFlags>());
}

const cases: readonly RunOptions[] = [
  {},
  { from: '2021-01-20', to: '2021-03-01', timeframe: '2d', seed: 9, benchmark: 'none', wholeUnits: true },
  { fees: { kind: 'none' }, slippage: { kind: 'none' }, path: 'bounds', wholeUnits: false },
  {
    fees: { kind: 'bps', maker: 1, taker: 4, minimum: 2 },
    slippage: { kind: 'volume-share', volumeLimit: 0.1, priceImpact: 0.2 },
  },
  {
    fees: { kind: 'per-share', amount: 0.01, minimum: 1, maximumFraction: 0.02 },
    sizing: { kind: 'fixed', quantity: 3 },
  },
  {
    fees: { kind: 'per-order', amount: 2 },
    slippage: { kind: 'square-root', y: 0.5, participation: 0.2 },
    sizing: { kind: 'fixed', notional: 500 },
  },
  { sizing: { kind: 'atr', period: 5, multiple: 2, risk: 0.02 }, execution: { spreadBps: 3, fill: 'close' } },
  { sizing: { kind: 'volatility', period: 10, target: 0.2, maxLeverage: 1.5 }, path: 'optimistic', cash: 5_000 },
  {
    sizing: { kind: 'kelly', period: 20, fraction: 0.25, maxLeverage: 2 },
    account: { leverage: 3, maintenance: 0.1, borrowRate: 0.02, interestRate: 0.03 },
  },
  {
    account: { kind: 'cash' },
    risk: {
      maxDrawdown: { fraction: 0.5, action: 'stop' },
      maxDailyLoss: { fraction: 0.3, action: 'block' },
      drawdownScaling: { from: 0.1, to: 0.4 },
      maxPositionWeight: 0.9,
      maxGrossLeverage: 1.1,
      maxNetLeverage: 1.2,
      maxOrderNotional: 90_000,
      maxOpenOrders: 7,
      onBreach: 'reject',
    },
  },
];

describe('the flags of a run', () => {
  it.each(cases.map((options) => ({ options })))('make the same run again: $options', async ({ options }) => {
    const made = await run(options);
    const { data, ...again } = parsed(made.view.repeat!.flags);
    expect(data).toBe(made.view.dataset.name);
    expect((await run(again)).id).toBe(made.id);
  });

  it('are those of the commands that insights suggest, but for what they change', async () => {
    const made = await run({
      fees: { kind: 'bps', maker: 100, taker: 100 },
      sizing: { kind: 'fixed', quantity: 3 },
      timeframe: '2d',
    });
    const commands = insights(made.view).flatMap(({ next }) =>
      next?.command.startsWith('sigma backtest') ? [next.command] : [],
    );
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).toMatch(/^sigma backtest --strategy \S+ --data /);
      expect(command).toContain('--timeframe 2d');
      for (const flag of ['--fees', '--sizing', '--data']) expect(command.split(` ${flag} `)).toHaveLength(2);
    }
  });
});

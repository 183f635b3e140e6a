/** The flags that decide a run: one list for every command that makes one. */
import type { Command } from 'commander';
import { defaultRunConfig } from '../../lib/engine/index.ts';
import { parseFees, parseSlippage } from './fees.ts';
import { drawdownScaling, lossLimit } from './limits.ts';
import { choiceOption, listOption, numberOption } from './numbers.ts';
import { collectParameter } from './parameters.ts';
import { parseSizing } from './sizing.ts';

const { account, execution, seed } = defaultRunConfig;

export function addRunFlags(command: Command): Command {
  return command
    .option('-d, --data <name|file>', 'data set, CSV or Parquet file, or postgres:// address (us-equities)')
    .option('--symbols <list>', 'instruments, comma-separated (all)', listOption)
    .option('--timeframe <tf>', 'resample the bars to 1h, 1d, 1w, … first')
    .option('--from <date>', 'first day of trading, ISO 8601, UTC; earlier bars warm the signals up')
    .option('--to <date>', 'last day, inclusive')
    .option('-p, --param <name=value>', "a strategy's parameter; repeatable", collectParameter)
    .option('--cash <amount>', `initial cash (${account.cash})`, numberOption('--cash', { above: 0 }))
    .option('--currency <code>', "currency of the account (the instruments')")
    .option('--account <kind>', `cash or margin (${account.kind})`, choiceOption('--account', ['cash', 'margin']))
    .option(
      '--leverage <x>',
      `largest gross position over equity (${account.leverage})`,
      numberOption('--leverage', { above: 0, max: 1000 }),
    )
    .option(
      '--maintenance <fraction>',
      `equity over position that calls for margin (${account.maintenance}); times leverage below 1`,
      numberOption('--maintenance', { min: 0, max: 1 }),
    )
    .option(
      '--borrow-rate <rate>',
      `annual rate on short positions (${account.borrowRate})`,
      numberOption('--borrow-rate', { min: 0, max: 10 }),
    )
    .option(
      '--interest-rate <rate>',
      `annual rate on negative cash (${account.interestRate})`,
      numberOption('--interest-rate', { min: 0, max: 10 }),
    )
    .option('--fees <model>', 'none, bps:5, bps:maker=1,taker=5, per-share:0.005,min=1, per-order:1 (bps:5)', parseFees)
    .option(
      '--slippage <model>',
      'none, fixed:2, volume-share:0.025,0.1, square-root:0.6,participation=0.1 (fixed:2)',
      parseSlippage,
    )
    .option(
      '--spread-bps <bps>',
      `full quoted spread; a taker pays half (${execution.spreadBps})`,
      numberOption('--spread-bps', { min: 0, max: 10_000 }),
    )
    .option(
      '--latency-ms <ms>',
      `time from decision to venue (${execution.latencyMs})`,
      numberOption('--latency-ms', { min: 0 }),
    )
    .option(
      '--fill <moment>',
      `open of the next bar, or close of the deciding one (${execution.fill})`,
      choiceOption('--fill', ['open', 'close']),
    )
    .option(
      '--path <path>',
      `pessimistic, optimistic, open-nearest, or bounds for an interval (${execution.path})`,
      choiceOption('--path', ['pessimistic', 'optimistic', 'open-nearest', 'bounds']),
    )
    .option('--actions <file>', 'splits and dividends: CSV or Parquet with symbol, time, kind, ratio, amount')
    .option(
      '--apply-actions <to>',
      'positions (prices stay as traded), prices (bars are adjusted first) or none (positions)',
      choiceOption('--apply-actions', ['positions', 'prices', 'none']),
    )
    .option('--detail <tf|data>', 'match orders against finer bars: a timeframe of the data, or a data set')
    .option(
      '--sizing <method>',
      'weight, fixed:100, notional:10000, atr:14,3,0.01, volatility:20,0.15, kelly:60,0.5 (weight)',
      parseSizing,
    )
    .option('--whole-units', 'round quantities to whole units')
    .option('--no-whole-units', 'allow fractions of every instrument')
    .option(
      '--max-drawdown <fraction[:action]>',
      'halt at a drawdown: block, flatten or stop (off)',
      lossLimit('--max-drawdown'),
    )
    .option('--max-daily-loss <fraction[:action]>', 'halt for the day at a loss (off)', lossLimit('--max-daily-loss'))
    .option('--drawdown-scaling <from:to>', 'shrink new orders between two drawdowns (off)', drawdownScaling)
    .option(
      '--max-position <weight>',
      'largest position over equity (off)',
      numberOption('--max-position', { above: 0 }),
    )
    .option('--max-gross <x>', 'largest gross position over equity (off)', numberOption('--max-gross', { above: 0 }))
    .option('--max-net <x>', 'largest net position over equity (off)', numberOption('--max-net', { above: 0 }))
    .option('--max-order <amount>', 'largest value of one order (off)', numberOption('--max-order', { above: 0 }))
    .option(
      '--max-open-orders <n>',
      'most orders working at a time (off)',
      numberOption('--max-open-orders', { min: 1, integer: true }),
    )
    .option(
      '--on-breach <what>',
      'cut or reject an order beyond a limit (cut)',
      choiceOption('--on-breach', ['cut', 'reject']),
    )
    .option('--benchmark <name>', 'a symbol of the data, another data set, or none (equal-weight buy and hold)')
    .option('--seed <n>', `seed of everything random (${seed})`, numberOption('--seed', { min: 0, integer: true }));
}

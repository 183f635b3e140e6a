/** How `sigma allocate` finds weights: method, covariance, bounds, spans and costs. */
import type { Command } from 'commander';
import {
  type AllocationMethod,
  allocationMethods,
  type CovarianceKind,
  covarianceKinds,
  type WalkForwardOptions,
} from '../../lib/allocation/index.ts';
import { choiceOption, numberOption } from './numbers.ts';

export type AllocationFlags = {
  readonly method: AllocationMethod;
  readonly covariance: CovarianceKind['kind'];
  readonly halfLife: number;
  readonly lookback: number;
  readonly rebalance: number;
  readonly minWeight: number;
  readonly maxWeight: number;
  readonly gross?: number;
  readonly costBps: number;
  readonly costAware?: true;
  readonly kellyFraction: number;
};

export function addAllocationFlags(command: Command): Command {
  const whole = { min: 1, integer: true } as const;
  return command
    .option(
      '-m, --method <name>',
      allocationMethods.join(', '),
      choiceOption('--method', allocationMethods),
      'equal-risk' as const,
    )
    .option(
      '--covariance <kind>',
      covarianceKinds.join(', '),
      choiceOption('--covariance', covarianceKinds),
      'shrunk-correlation' as const,
    )
    .option('--half-life <periods>', 'of the ewma covariance', numberOption('--half-life', { above: 0 }), 63)
    .option(
      '--lookback <periods>',
      'periods that weights are found from',
      numberOption('--lookback', { min: 2, integer: true }),
      252,
    )
    .option('--rebalance <periods>', 'periods between rebalances', numberOption('--rebalance', whole), 21)
    .option('--min-weight <weight>', 'least weight of each; below 0 allows shorts', numberOption('--min-weight'), 0)
    .option('--max-weight <weight>', 'most weight of each', numberOption('--max-weight'), 1)
    .option('--gross <sum>', 'most sum of absolute weights', numberOption('--gross', { above: 0 }))
    .option(
      '--cost-bps <bps>',
      'cost of trading in hundredths of a percent',
      numberOption('--cost-bps', { min: 0 }),
      10,
    )
    .option('--cost-aware', 'go towards new weights only as far as pays for the trading')
    .option(
      '--kelly-fraction <part>',
      'part of full Kelly weights',
      numberOption('--kelly-fraction', { above: 0, max: 1 }),
      0.5,
    );
}

export function walkForwardOptions(flags: AllocationFlags): WalkForwardOptions {
  const { covariance: kind } = flags;
  return {
    method: flags.method,
    covariance: kind === 'ewma' ? { kind, halfLife: flags.halfLife } : { kind },
    lookback: flags.lookback,
    rebalance: flags.rebalance,
    bounds: {
      min: flags.minWeight,
      max: flags.maxWeight,
      ...(flags.gross === undefined ? {} : { gross: flags.gross }),
    },
    cost: flags.costBps / 1e4,
    costAware: flags.costAware === true,
    kellyFraction: flags.kellyFraction,
  };
}

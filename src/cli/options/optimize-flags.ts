/** The flags of a search, beside those of its runs. */
import type { Command } from 'commander';
import { DEFAULT_BUDGET, type SearchMethod, searchMethods } from '../../lib/optimize/index.ts';
import type { StudyOptions } from '../../lib/studies/index.ts';
import { choiceOption, numberOption } from './numbers.ts';
import { type RunFlags, runOptions } from './run-options.ts';
import { collectCondition, collectSpace } from './space.ts';

export type OptimizeFlags = RunFlags & {
  readonly strategy?: string;
  readonly space?: Readonly<Record<string, string>>;
  readonly method?: SearchMethod;
  readonly trials?: number;
  readonly objective?: string;
  readonly where?: readonly string[];
  readonly pareto?: string;
  readonly engine?: NonNullable<StudyOptions['engine']>;
  readonly top: number;
  readonly fresh?: true;
  readonly store: boolean;
};

export function addOptimizeFlags(command: Command): Command {
  return command
    .option(
      '--space <name=values>',
      "values of a parameter: from:to, from:to:step, from:to:log or a,b,c; repeatable (the strategy's own ranges)",
      collectSpace,
    )
    .option(
      '--method <method>',
      'grid, random, lhs (Latin hypercube), tpe (Bayesian) or de (evolutionary) (grid if it fits --trials, else tpe)',
      choiceOption('--method', searchMethods),
    )
    .option(
      '-n, --trials <n>',
      `most parameter sets to try (${DEFAULT_BUDGET}, or the whole of a grid)`,
      numberOption('--trials', { min: 1, integer: true }),
    )
    .option('-m, --objective <figures>', 'what to rank by: sharpe, -volatility, sharpe=1,maxDrawdown=0.5 (sharpe)')
    .option(
      '--where <condition>',
      'on a figure or between parameters: "maxDrawdown>-0.3", "fast<slow"; repeatable',
      collectCondition,
    )
    .option('--pareto <figures>', 'also show the sets that none beats in all of these figures')
    .option(
      '--engine <engine>',
      'auto, vectorised or event (auto)',
      choiceOption('--engine', ['auto', 'vectorised', 'event']),
    )
    .option('--top <n>', 'rows of the table', numberOption('--top', { min: 1, max: 100, integer: true }), 10)
    .option('--fresh', 'begin again instead of taking up or showing an equal study')
    .option('--no-store', 'do not keep the study; its trials are counted all the same');
}

export function studyOptions(flags: OptimizeFlags): StudyOptions {
  const { space, method, trials, objective, where, pareto, engine } = flags;
  return {
    ...runOptions(flags),
    ...(space === undefined ? {} : { space }),
    ...(method === undefined ? {} : { method }),
    ...(trials === undefined ? {} : { trials }),
    ...(objective === undefined ? {} : { objective }),
    ...(where === undefined ? {} : { where }),
    ...(pareto === undefined ? {} : { pareto }),
    ...(engine === undefined ? {} : { engine }),
  };
}

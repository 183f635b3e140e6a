/** The flags of a search, beside those of its runs. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import {
  DEFAULT_BUDGET,
  defaultCpcv,
  defaultWalkForward as forward,
  type SearchMethod,
  searchMethods,
} from '../../lib/optimize/index.ts';
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
  readonly halving?: true;
  readonly holdout?: number;
  readonly walkForward?: number | true;
  readonly anchored?: true;
  readonly inSample?: number;
  readonly cpcv?: CpcvShape | true;
  readonly embargo?: number;
  readonly engine?: NonNullable<StudyOptions['engine']>;
  readonly top: number;
  readonly fresh?: true;
  readonly store: boolean;
  readonly out?: string;
  readonly threads?: number;
  readonly on?: string;
  readonly blocks?: string;
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
    .option('--halving', 'drop hopeless sets on the first ninth and third of the range (off)')
    .option(
      '--holdout <share>',
      'share of the range, at its end, that no search sees, for example 0.25 (off)',
      numberOption('--holdout', { above: 0, max: 0.9 }),
    )
    .option(
      '--walk-forward [windows]',
      `search again and again, trade what follows (off; ${forward.windows} windows)`,
      numberOption('--walk-forward', { min: 1, integer: true }),
    )
    .option('--anchored', 'in-sample parts all begin at the start instead of rolling along')
    .option(
      '--in-sample <ratio>',
      `length of an in-sample part over the out-of-sample one (${forward.ratio})`,
      numberOption('--in-sample', { above: 0, max: 100 }),
    )
    .option(
      '--cpcv [groups,tested]',
      `combinatorial purged cross-validation (off; ${defaultCpcv.groups},${defaultCpcv.tested})`,
      parseCpcv,
    )
    .option(
      '--embargo <periods>',
      'periods after tested or before traded ones that no search sees (0)',
      numberOption('--embargo', { min: 0, integer: true }),
    )
    .option(
      '--engine <engine>',
      'auto, vectorised or event (auto)',
      choiceOption('--engine', ['auto', 'vectorised', 'event']),
    )
    .option('--top <n>', 'rows of the table', numberOption('--top', { min: 1, max: 100, integer: true }), 10)
    .option('--fresh', 'begin again instead of taking up or showing an equal study')
    .option(
      '--threads <n>',
      'threads that evaluate; results are the same with any number (the cores of the machine)',
      numberOption('--threads', { min: 1, max: 256, integer: true }),
    )
    .option('--on <url>', 'have workers evaluate that listen to this queue, redis://host:port (off)')
    .option('--blocks <store>', 'where data travels to workers: a shared directory, or s3://bucket/prefix')
    .option('--no-store', 'do not keep the study; its trials are counted all the same')
    .option('-o, --out <file.html>', 'also write the HTML report here');
}

type CpcvShape = { readonly groups: number; readonly tested: number };

function parseCpcv(text: string): CpcvShape {
  const [groups = Number.NaN, tested = defaultCpcv.tested, ...more] = text.split(',').map(Number);
  if (!Number.isInteger(groups) || !Number.isInteger(tested) || more.length > 0)
    throw new SigmaError('usage/bad-option', `'${text}' is not groups,tested`, {
      where: '--cpcv',
      hint: 'for example --cpcv 6,2',
    });
  return { groups, tested };
}

/** Options that only shape a validation must not pass in silence when there is none. */
function refuseIdle({ walkForward, cpcv, anchored, inSample, embargo }: OptimizeFlags): void {
  const idle =
    walkForward === undefined && (anchored === true || inSample !== undefined)
      ? `${anchored === true ? '--anchored' : '--in-sample'} shapes a walk-forward, and none is asked for`
      : walkForward === undefined && cpcv === undefined && embargo !== undefined
        ? '--embargo shapes a walk-forward or a cross-validation, and neither is asked for'
        : undefined;
  if (idle !== undefined)
    throw new SigmaError('usage/bad-option', idle, { hint: 'add --walk-forward or --cpcv, or leave it out' });
}

export function studyOptions(flags: OptimizeFlags): StudyOptions {
  refuseIdle(flags);
  const { space, method, trials, objective, where, pareto, engine, halving, holdout, walkForward, cpcv } = flags;
  const embargo = flags.embargo ?? 0;
  return {
    ...runOptions(flags),
    ...(space === undefined ? {} : { space }),
    ...(method === undefined ? {} : { method }),
    ...(trials === undefined ? {} : { trials }),
    ...(objective === undefined ? {} : { objective }),
    ...(where === undefined ? {} : { where }),
    ...(pareto === undefined ? {} : { pareto }),
    ...(halving === undefined ? {} : { halving }),
    ...(holdout === undefined ? {} : { holdout }),
    ...(walkForward === undefined
      ? {}
      : {
          walkForward: {
            windows: walkForward === true ? forward.windows : walkForward,
            ratio: flags.inSample ?? forward.ratio,
            anchored: flags.anchored === true,
            embargo,
          },
        }),
    ...(cpcv === undefined ? {} : { cpcv: { ...defaultCpcv, ...(cpcv === true ? {} : cpcv), embargo } }),
    ...(engine === undefined ? {} : { engine }),
  };
}

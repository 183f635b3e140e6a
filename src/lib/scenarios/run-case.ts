/** One strategy through one scenario: its figures, and the bands that they broke. */
import { SigmaError } from '../core/index.ts';
import type { PluginOptions } from '../plugins/index.ts';
import {
  artifactSource,
  type Markets,
  openRegistry,
  type Run,
  type RunOptions,
  runStrategy,
  type StrategySource,
  strategySource,
} from '../runs/index.ts';
import { type Figures, figuresOfRun } from './figures.ts';
import { invalid } from './invalid.ts';
import { marketName } from './market.ts';
import type { Band, Scenario, ScenarioCase } from './scenario.ts';

export type BrokenBand = { readonly figure: string; readonly band: Band; readonly value: number };

export type CaseRun = {
  readonly run: Run;
  readonly source: StrategySource;
  readonly figures: Figures;
  readonly broken: readonly BrokenBand[];
};

export type CaseContext = {
  readonly markets: Markets;
  readonly plugins?: PluginOptions;
  readonly signal?: AbortSignal;
};

/** @throws SigmaError scenario/invalid at the case's place for a strategy, parameter, symbol or term that does not exist; what the strategy throws */
export async function runCase(scenario: Scenario, one: ScenarioCase, context: CaseContext): Promise<CaseRun> {
  const { markets, plugins, signal } = context;
  try {
    const source = await strategySource(one.strategy, plugins);
    const run = await runStrategy(source, optionsOfCase(scenario, one), {
      markets,
      artifacts: artifactSource(openRegistry()),
      // A regression test looks for no edge, so it is no trial of one.
      ledger: undefined,
      ...(signal === undefined ? {} : { signal }),
    });
    const figures = figuresOfRun(run);
    return { run, source, figures, broken: brokenBands(figures, one.expect) };
  } catch (cause) {
    if (cause instanceof SigmaError && cause.code.startsWith('usage/'))
      throw invalid(cause, `${one.where}: ${one.name}`);
    throw cause;
  }
}

function optionsOfCase(scenario: Scenario, { params, terms }: ScenarioCase): RunOptions {
  const { market, from, to } = scenario;
  return {
    ...terms,
    data: marketName(scenario),
    ...(market.kind === 'recorded' && market.symbols !== undefined ? { symbols: market.symbols } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    params,
  };
}

/** Bands a figure is outside of; a figure that is not a number is outside of every band. */
function brokenBands(figures: Figures, expect: ScenarioCase['expect']): readonly BrokenBand[] {
  return Object.entries(expect).flatMap(([figure, band]) => {
    const value = figures[figure] ?? Number.NaN;
    return value >= band[0] && value <= band[1] ? [] : [{ figure, band, value }];
  });
}

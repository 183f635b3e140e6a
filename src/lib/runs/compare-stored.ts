/** Stored runs side by side with what they are made of: what changed, where results part, how equity ran, what to try. */
import { readableCode } from '../plugins/index.ts';
import type { StoredRun } from '../registry/index.ts';
import { type EquityLine, letterOf } from '../report/index.ts';
import { type Advice, adviceOf } from './advice.ts';
import { type Comparison, compareRuns, type SettingLine } from './compare.ts';
import { type Divergence, divergences } from './divergence.ts';
import { type LineDiff, lineDiff } from './line-diff.ts';
import { storedView, tablesOfStored } from './stored-view.ts';

export type Changes = {
  readonly parameters: readonly SettingLine[];
  readonly data: readonly SettingLine[];
  readonly code: readonly SettingLine[];
  readonly config: readonly SettingLine[];
  readonly versions: readonly SettingLine[];
};

/** A run against the first one. */
export type AgainstFirst = {
  readonly run: string;
  /** Absent when one of them was made from a strategy object, whose code is not stored. */
  readonly code?: LineDiff;
  /** At most one a table, the earliest first; empty for equal results. */
  readonly diverges: readonly Divergence[];
};

export type RunComparison = Comparison & {
  readonly labels: readonly string[];
  readonly changes: Changes;
  readonly against: readonly AgainstFirst[];
  readonly lines: readonly EquityLine[];
  readonly advice: readonly Advice[];
};

/** @param runs two or more; everything is told against the first */
export async function compareStoredRuns(runs: readonly StoredRun[]): Promise<RunComparison> {
  const comparison = compareRuns(runs);
  const tables = await Promise.all(runs.map(tablesOfStored));
  const views = await Promise.all(runs.map((run) => storedView(run)));
  const codes = await Promise.all(runs.map((run) => (run.code === '' ? undefined : readableCode(run.code))));
  const labels = runs.map(({ id, manifest }, k) => `${letterOf(k)} ${manifest.strategy.name} ${id.slice(0, 6)}`);
  return {
    ...comparison,
    labels,
    changes: changesOf(comparison.settings),
    against: runs.slice(1).map((run, k) => {
      const [before, after] = [codes[0], codes[k + 1]];
      return {
        run: run.id,
        ...(before === undefined || after === undefined ? {} : { code: lineDiff(before, after) }),
        diverges: divergences(tables[0]!, tables[k + 1]!),
      };
    }),
    lines: views.map(({ result }, k) => ({ name: labels[k]!, time: result.equity.time, equity: result.equity.equity })),
    advice: adviceOf(views),
  };
}

/** Settings that differ, by what they are about. */
function changesOf(settings: readonly SettingLine[]): Changes {
  const differing = settings.filter((line) => line.differs);
  const about = (pattern: RegExp): readonly SettingLine[] => differing.filter((line) => pattern.test(line.key));
  return {
    parameters: about(/^params\./),
    data: about(/^(data|detail|actions|benchmark)(\.|$)/),
    code: about(/^strategy\./),
    config: about(/^(config|seed|status)(\.|$)/),
    versions: about(/^versions\./),
  };
}

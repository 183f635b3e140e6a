/** Splits and dividends of a run: where they come from, and what they change. */
import { basename } from 'node:path';
import { hashJson, SigmaError } from '../core/index.ts';
import {
  adjustBars,
  type CsvOptions,
  type DatasetActions,
  datasetActions,
  type InnerSplit,
  lengthened,
  orderActions,
  readActions,
} from '../data/index.ts';
import { type Bars, type CorporateAction, formatTime } from '../model/index.ts';
import type { ActionsReference } from '../registry/index.ts';
import type { Market, Window } from './market.ts';
import type { RunOptions } from './options.ts';

export type RunActions = {
  readonly list: readonly CorporateAction[];
  readonly appliedTo: 'prices' | 'positions' | 'none';
  readonly warnings: readonly string[];
};

const none: RunActions = { list: [], appliedTo: 'none', warnings: [] };

/**
 * The actions a run asked for; without asking, those stored with the data set.
 * @throws SigmaError those of reading a file of actions
 */
export async function actionsOf(
  options: Pick<RunOptions, 'actions' | 'applyActions'>,
  market: Market,
): Promise<RunActions> {
  const { actions, applyActions } = options;
  if (applyActions === 'none') return none;
  const asked = applyActions ?? 'positions';
  if (actions !== undefined) {
    const list = typeof actions === 'string' ? await readActions(actions) : orderActions(actions);
    return { list, appliedTo: asked, warnings: [] };
  }
  const own = await market.actions();
  if (own.stored || applyActions !== undefined) {
    const warnings = own.actions.length > 0 ? [] : [`${market.info.name} has no splits and dividends to apply`];
    return { list: own.actions, appliedTo: asked, warnings: own.stored ? [] : warnings };
  }
  return { ...none, warnings: notApplied(market.info.name, own, inRun) };
}

/** How a command is told to make something of them. */
type Ways = { readonly actions: string; readonly columns: string };
const inRun: Ways = {
  actions: 'pass --apply-actions positions or prices, else none',
  columns: 'import it with --columns',
};
const inImport: Ways = { actions: 'pass --apply-actions positions or prices', columns: 'pass --columns' };

/** What a file says of splits and dividends that nothing was made of. */
function notApplied(name: string, { actions, adjusted }: DatasetActions, ways: Ways): readonly string[] {
  return [
    ...(actions.length === 0
      ? []
      : [
          `${name} carries ${actions.length} splits and dividends that were not applied; if its prices are as traded, ${ways.actions}`,
        ]),
    ...(adjusted === undefined
      ? []
      : [
          `${name} has a column ${adjusted} that was not used; to trade on adjusted closes alone, ${ways.columns} "close=${adjusted}"`,
        ]),
  ];
}

/** Those of the instruments and times that are read. */
export function within({ list, ...rest }: RunActions, symbols: readonly string[], { from, to }: Window): RunActions {
  const kept = orderActions(list, symbols).filter(({ time }) => time >= from && time < to);
  if (kept.length > 0 || list.length === 0) return { list: kept, ...rest };
  const range = `${formatTime(list[0]!.time)} to ${formatTime(list.at(-1)!.time)}`;
  return {
    list: kept,
    appliedTo: rest.appliedTo,
    warnings: [...rest.warnings, `none of the ${list.length} splits and dividends (${range}) concerns the run`],
  };
}

/** Bars whose returns are those of a holder, whatever the actions are applied to. */
export function holderBars(bars: readonly Bars[], list: readonly CorporateAction[]): readonly Bars[] {
  if (list.length === 0) return bars;
  const of = new Map<string, CorporateAction[]>(bars.map(({ instrument }) => [instrument.symbol, []]));
  for (const action of list) of.get(action.symbol)?.push(action);
  return bars.map((one) => adjustBars(one, of.get(one.instrument.symbol)!));
}

export type MetBars = {
  readonly bars: readonly Bars[];
  /** The same with splits and dividends taken out of the prices. */
  readonly held: readonly Bars[];
  /** What positions meet, and the splits among it that lie inside of bars that were made longer. */
  readonly met: readonly CorporateAction[];
  readonly inner: readonly InnerSplit[];
};

/** Bars of a run as its actions leave them, which are applied before shorter ones are made longer. */
export function metBars(shorter: readonly Bars[], lengthen: Lengthen, { list, appliedTo }: RunActions): MetBars {
  if (list.length === 0) {
    const bars = longer(shorter, lengthen);
    return { bars, held: bars, met: [], inner: [] };
  }
  const held = longer(holderBars(shorter, list), lengthen);
  if (appliedTo === 'prices') return { bars: held, held, met: [], inner: [] };
  if (lengthen === undefined) return { bars: shorter, held, met: list, inner: [] };
  const { bars, actions: met, inner } = lengthened(shorter, lengthen, list);
  return { bars, held, met, inner };
}

/** Makes longer bars of those of one instrument; undefined where they stay as they are. */
type Lengthen = ((bars: Bars) => Bars) | undefined;

export function longer(bars: readonly Bars[], lengthen: Lengthen): readonly Bars[] {
  return lengthen === undefined ? bars : bars.map(lengthen);
}

/** What the manifest keeps; nothing when there were none. */
export function actionsReference({ list, appliedTo }: RunActions): ActionsReference | undefined {
  if (list.length === 0 || appliedTo === 'none') return undefined;
  return { appliedTo, count: list.length, contentHash: hashJson(list.map((action) => ({ ...action }))) };
}

export type ImportedActions = {
  /** To be stored beside bars as traded; undefined when there are none. */
  readonly kept: readonly CorporateAction[] | undefined;
  readonly adjusted: readonly Bars[];
  /** What the source says of splits and dividends that nothing was made of. */
  readonly warnings: readonly string[];
};

export type ImportRequest = {
  /** How the bars were read. */
  readonly reading: CsvOptions;
  readonly actions?: string;
  readonly applyActions?: 'positions' | 'prices';
};

/**
 * What becomes of splits and dividends when bars are imported: taken out of the prices, or kept for the positions of runs.
 * @param source where the bars come from; its own actions count when asked for without a file
 */
export async function importedActions(
  source: string,
  bars: readonly Bars[],
  { actions, applyActions, reading }: ImportRequest,
): Promise<ImportedActions> {
  if (actions === undefined && applyActions === undefined) {
    const own = await datasetActions(source, reading);
    return { kept: undefined, adjusted: bars, warnings: notApplied(basename(source), own, inImport) };
  }
  const list = actions === undefined ? (await datasetActions(source)).actions : await readActions(actions);
  const kept = orderActions(
    list,
    bars.map((one) => one.instrument.symbol),
  );
  if (kept.length === 0)
    throw new SigmaError('data/empty', 'has no splits or dividends of these instruments', { where: actions ?? source });
  return applyActions === 'prices'
    ? { kept: undefined, adjusted: holderBars(bars, kept), warnings: [] }
    : { kept, adjusted: bars, warnings: [] };
}

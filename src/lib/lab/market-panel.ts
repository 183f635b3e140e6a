/** The channels of a market: bars read, laid into sessions, and named so that they can be found again. */
import { SigmaError } from '../core/index.ts';
import { withoutPassword } from '../data/index.ts';
import { type FeatureSpec, type Panel, type PanelOptions, panelFromBars } from '../features/index.ts';
import { type Bars, parseTimeframe } from '../model/index.ts';
import type { ArtifactInput } from '../registry/index.ts';
import { type Market, type Markets, type Range, resampledMarket } from '../runs/index.ts';
import { sessionsOf } from './session-calendar.ts';

/** Which bars. The manifest of a data set has all of it but where they lie, which stands beside it. */
export type DataChoice = {
  /** Data set, file, folder or address. */
  readonly data: string;
  /** All instruments when left out. */
  readonly symbols?: readonly string[];
  /** Open times in [from, to), UTC epoch milliseconds. */
  readonly range: Range;
};

export type MarketPanel = {
  readonly panel: Panel;
  readonly bars: readonly Bars[];
  readonly input: ArtifactInput;
  /** Any expressions over the same bars, laid out as the panel's rows: one list of columns a series. */
  columns(expressions: Readonly<Record<string, string>>): readonly (readonly Float64Array[])[];
};

/**
 * @param expected content hash that the data must have, where an artifact was made from it
 * @throws SigmaError usage/unknown-dataset, usage/unknown-instrument, usage/empty-range, features/invalid, store/differs
 */
export async function openPanel(
  markets: Markets,
  spec: FeatureSpec,
  choice: DataChoice,
  expected?: string,
): Promise<MarketPanel> {
  requireBars(spec);
  const opened = await markets.open(choice.data);
  requireContent(opened, expected);
  const market = resampledMarket(opened, parseTimeframe(spec.timeframe));
  const { from, to } = choice.range;
  const bars = await market.read({ ...(choice.symbols === undefined ? {} : { symbols: choice.symbols }), from, to });
  const rows = bars.reduce((sum, { time }) => sum + time.length, 0);
  if (rows === 0)
    throw new SigmaError('usage/empty-range', 'there are no bars in the range', {
      where: withoutPassword(choice.data),
      hint: `it has bars from ${iso(market.info.from)} to ${iso(market.info.to)}`,
    });
  const options: PanelOptions = { calendar: sessionsOf(spec, spec.name) };
  const panel = panelFromBars(spec, bars, options);
  if (panel.series.every(({ at }) => at.length === 0))
    throw new SigmaError('features/invalid', 'no bar lies within the session that it describes', {
      where: `${spec.name}: session`,
      hint: `slots and skip count rows of ${spec.timeframe} from the start of the calendar's session; sigma features new writes a session that fits`,
    });
  const first = Math.min(...bars.map(({ time }) => time[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...bars.map(({ time }) => time.at(-1) ?? Number.NEGATIVE_INFINITY));
  const known = Math.max(...panel.series.map(({ at }) => at.at(-1) ?? Number.NEGATIVE_INFINITY));
  return {
    panel,
    bars,
    input: {
      name: market.info.name,
      contentHash: market.info.contentHash,
      rows,
      from: iso(first),
      to: iso(last),
      ...(Number.isFinite(known) ? { ingestedUntil: iso(known) } : {}),
      ...(market.info.synthetic ? { synthetic: true } : {}),
    },
    columns: (expressions) => {
      const channels = Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
      return panelFromBars({ ...spec, channels }, bars, options).series.map(({ values }) => values);
    },
  };
}

function requireBars({ name, source }: FeatureSpec): void {
  if (source === 'bars') return;
  throw new SigmaError('features/invalid', `the specification reads ${source}, and commands read bars`, {
    where: `${name}: source`,
    hint: 'write channels over bars, or read ticks in a program by panelFromTicks (docs/features.md)',
  });
}

function requireContent({ info }: Market, expected: string | undefined): void {
  if (expected === undefined || info.contentHash === expected) return;
  throw new SigmaError(
    'store/differs',
    `its content is ${info.contentHash.slice(0, 12)} now, not ${expected.slice(0, 12)}`,
    {
      where: info.name,
      hint: 'the data changed since; build the data set of the research again',
    },
  );
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

import {
  type ArtifactAbout,
  alertText,
  atr,
  type BarScorer,
  barScorer,
  type CompletedBar,
  calendar,
  calendarNames,
  choice,
  defineStrategy,
  type Expr,
  number,
  type PrecursorAlert,
  parseArtifact,
  text,
} from 'sigma-quant';

type Row = Readonly<Record<string, number>>;

/** The artifact at work in one run. */
type Model = {
  readonly scorer: BarScorer;
  /** What is computed of each bar. */
  readonly signals: Readonly<Record<string, Expr>>;
  /** The order that opened what is held, by symbol. */
  readonly opened: Map<string, number>;
  /** The alert that a completed bar gives, if it gives one. */
  readonly see: (bar: CompletedBar, row: Row) => PrecursorAlert | undefined;
};

/** A version that takes the place of another keeps its budget of the day, and the orders that are out. */
function readModel(content: unknown, _about: ArtifactAbout, before?: Model): Model {
  const artifact = parseArtifact(content);
  const { session } = artifact.specification;
  const sessions = calendarNames.find((name) => name === session.calendar);
  if (sessions === undefined) throw new Error(`there is no calendar ${session.calendar}`);
  const scorer = barScorer(artifact, calendar(sessions), before?.scorer);
  const names = scorer.channels.map((_, k) => `channel${k}`);
  const signals: Readonly<Record<string, Expr>> = Object.fromEntries(scorer.channels.map((c, k) => [names[k]!, c]));
  const values = new Float64Array(names.length);
  return {
    scorer,
    signals,
    opened: before?.opened ?? new Map(),
    see: (bar, row) => {
      for (let k = 0; k < names.length; k++) values[k] = row[names[k]!] ?? Number.NaN;
      return scorer.push(bar, values);
    },
  };
}

/** The bar that completes an alert opens a position, which is held as long as the artifact awaits its event. */
export default defineStrategy({
  name: 'precursor',
  description:
    'Acts on precursors that were discovered, validated and distilled: in on an alert, out after its horizon.',
  params: {
    model: text({ default: 'precursors@production', description: 'Artifact of the registry, as name@alias' }),
    side: choice({ default: 'long', options: ['long', 'short'], description: 'Where the event takes the price' }),
    size: number({ default: 1, min: 0.01, max: 5, description: "Share of the instrument's slot that an alert takes" }),
    stop: number({
      default: 0,
      min: 0,
      max: 20,
      description: 'Lower barrier of the trade in average ranges; 0 for none',
    }),
    profit: number({ default: 0, min: 0, max: 50, description: 'Upper barrier in average ranges; 0 for none' }),
    rangeBars: number({ default: 30, min: 2, max: 500, step: 1, description: 'Bars of the average range' }),
  },
  artifacts: {
    model: {
      reference: (p) => p.model,
      decode: readModel,
      hint: 'make one with sigma distill and sigma registry promote (docs/research.md), or name another with -p model=NAME@ALIAS',
    },
  },
  signals: (bars, p, { model }) => ({
    ...model.signals,
    opened: bars.time,
    range: atr(bars, Math.round(p.rangeBars)),
  }),
  onBar: (ctx) => {
    const { params, bar, symbol, signals } = ctx;
    const { model } = ctx.artifacts;
    const alert = model.see({ symbol, opened: signals.opened, complete: ctx.time }, signals);
    if (alert === undefined) return;
    ctx.log(alertText(alert));
    if (ctx.position().quantity !== 0 || ctx.orders().length > 0) return;
    const up = params.side === 'long' ? 1 : -1;
    const away = (ranges: number): number => bar.close + up * ranges * signals.range;
    const bracket = {
      ...(params.stop > 0 && signals.range > 0 ? { stopLoss: away(-params.stop) } : {}),
      ...(params.profit > 0 && signals.range > 0 ? { takeProfit: away(params.profit) } : {}),
    };
    const order = ctx.submit({
      kind: 'market',
      side: up > 0 ? 'buy' : 'sell',
      quantity: (params.size * ctx.equity) / ctx.symbols.length / bar.close,
      bracket,
      tag: `precursor ${alert.cluster}`,
    });
    model.opened.set(symbol, order);
    ctx.schedule(ctx.time + model.scorer.horizonMs, `${order} ${symbol}`);
  },
  onTimer: (ctx, tag) => {
    const [order = '', ...rest] = tag.split(' ');
    const symbol = rest.join(' ');
    // A barrier may have closed the position since, and a later alert opened another.
    const current = ctx.artifacts.model.opened.get(symbol);
    if (current === undefined || current === Number(order)) ctx.target(0, symbol);
  },
});

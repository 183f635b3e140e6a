/** The strategy of precursors says bar by bar what the artifact says of a whole panel, and trades by its horizon. */
import { describe, expect, it } from 'vitest';
import {
  createEngine,
  defaultRunConfig,
  type EngineResult,
  runBacktest,
  runSession,
  simulatedExchange,
  venueFor,
  withArtifactUpdates,
} from '../../src/lib/engine/index.ts';
import { featureSpecHash } from '../../src/lib/features/index.ts';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import { type Bars, DAY, MINUTE, type Timeframe } from '../../src/lib/model/index.ts';
import { alertText, type PrecursorArtifact, scorePanel } from '../../src/lib/research/index.ts';
import { type ArtifactSet, bindArtifacts, checkDefinition, resolveParams } from '../../src/lib/strategy/index.ts';
import precursor from '../../strategies/precursor.ts';
import { plantedPrecursors } from './precursor-model.ts';

const { bars, panel, artifact } = plantedPrecursors(3);
const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
const reference = 'precursors@production';
const given = (content: PrecursorArtifact): ArtifactSet => ({
  [reference]: {
    ...{ reference, hash: 'a'.repeat(64), kind: 'precursor', params: {} },
    content: JSON.parse(JSON.stringify(content)),
  },
});

function run(params: Readonly<Record<string, unknown>> = {}, market: readonly Bars[] = bars): EngineResult {
  return runBacktest({
    strategy: precursor,
    params: resolveParams(precursor, params),
    artifacts: given(artifact),
    source: blocksFromBars(market),
    config: { ...defaultRunConfig, sizing: { kind: 'weight' } },
  });
}
const alerts = ({ log }: EngineResult) => [...log].filter(({ message }) => /^precursor \d/.test(message));
const perDay = (some: EngineResult): number[] => {
  const days = new Map<number, number>();
  for (const { time } of alerts(some)) days.set(Math.floor(time / DAY), (days.get(Math.floor(time / DAY)) ?? 0) + 1);
  return [...days.values()];
};
const result = run();

describe('precursor', () => {
  it('is a sound definition, every part of it described', () => {
    expect(checkDefinition(precursor)).toBe(precursor);
    expect(precursor.description).toMatch(/\.$/);
    for (const spec of Object.values(precursor.params ?? {})) expect(spec.description).toBeTruthy();
  });

  it('logs the alerts of the artifact, word for word, when they become known', () => {
    const batch = scorePanel(artifact, panel, everything).alerts;
    expect(batch.length).toBeGreaterThan(20);
    expect(alerts(result).map(({ time, symbol, message }) => [time, symbol, message])).toEqual(
      batch.map((alert) => [alert.at, alert.symbol, alertText(alert)]),
    );
    expect(alerts(result)[0]?.message).toMatch(/^precursor \d+: score 0\.\d\d, probability 0\.\d\d;.*because \w+ \w+/);
  });

  it('never gives more alerts a day than the budget', () => {
    expect(Math.max(...perDay(result))).toBe(artifact.budget.perDay);
  });

  it('keeps the budget of the day when a new version takes over in the middle of it', async () => {
    const source = blocksFromBars(bars);
    const exchange = simulatedExchange({ source, venue: venueFor(source, defaultRunConfig) });
    let instants = 0;
    // Twice a day: each version begins without windows, and has time to fill them.
    const events = withArtifactUpdates(exchange.events, async () => (++instants % 65 === 0 ? updates : []));
    const updates = Object.values(given(artifact));
    const session = await runSession({
      engine: createEngine({
        strategy: precursor,
        params: resolveParams(precursor),
        artifacts: given(artifact),
        instruments: source.instruments,
        config: defaultRunConfig,
      }),
      timeframe: source.timeframe,
      instruments: source.instruments.length,
      events,
      venue: exchange.port,
      journal: { append: () => undefined },
    });
    expect([...session.log].filter(({ message }) => message.endsWith(' now')).length).toBeGreaterThan(80);
    expect(Math.max(...perDay(session))).toBe(artifact.budget.perDay);
  });

  it('holds a position as long as the event is awaited', () => {
    const { trades } = result;
    const held = [...trades]
      .filter(({ exitTime }) => exitTime === exitTime)
      .map(({ entryTime, exitTime }) => (exitTime - entryTime) / MINUTE);
    expect(held.length).toBeGreaterThan(10);
    expect(Math.min(...held)).toBe(artifact.horizonRows);
  });

  it('leaves earlier at a barrier', () => {
    const { orders, trades } = run({ side: 'short', stop: 2, profit: 2 });
    expect(new Set([...trades].map(({ side }) => side))).toEqual(new Set(['short']));
    expect([...orders].filter(({ parent, status }) => parent >= 0 && status === 'filled').length).toBeGreaterThan(5);
  });

  it('says nothing otherwise of the past when bars to come are withheld', () => {
    const until = bars[0]!.time[2500]!;
    const cut = bars.map((one) => ({
      ...one,
      ...Object.fromEntries(
        (['time', 'open', 'high', 'low', 'close', 'volume'] as const).map((name) => [
          name,
          one[name].subarray(0, 2500),
        ]),
      ),
    }));
    const before = alerts(result).filter(({ time }) => time <= until);
    expect(before.length).toBeGreaterThan(5);
    expect(alerts(run({}, cut))).toEqual(before);
  });

  it('refuses an artifact that was fitted from another specification, or of a newer schema', () => {
    const begin = (artifacts: ArtifactSet) => () =>
      runBacktest({
        strategy: precursor,
        params: resolveParams(precursor),
        artifacts,
        source: blocksFromBars(bars),
        config: defaultRunConfig,
      });
    const other = { ...artifact, specification: { ...artifact.specification, windowRows: 30 } };
    expect(begin(given(other))).toThrow(/specification: the features were fitted from another one/);
    const newer = { ...artifact, schema: 'sigma.precursor/2' } as unknown as PrecursorArtifact;
    expect(begin(given(newer))).toThrow(
      /it is written as sigma.precursor\/2, and this version reads sigma.precursor\/1/,
    );
    expect(begin({})).toThrow(/it needs the artifact 'precursors@production'.*sigma distill/);
  });

  it('refuses an artifact of other bars or of ticks, at the start and as a new version', () => {
    const hourly = bars.map((one) => ({
      ...one,
      timeframe: '1h' as Timeframe,
      time: one.time.map((time, row) => one.time[0]! + row * 60 * MINUTE + (time - time)),
    }));
    expect(() => run({}, hourly)).toThrow(
      expect.objectContaining({ code: 'research/bad-artifact', found: 'it scores bars of 1m, not of 3600 s' }),
    );
    const fitted = (changes: Partial<PrecursorArtifact['specification']>): PrecursorArtifact => {
      const specification = { ...artifact.specification, ...changes };
      return {
        ...artifact,
        specification,
        features: { ...artifact.features, specification: featureSpecHash(specification) },
      };
    };
    const channels = artifact.specification.channels.map(({ name }) => ({ name, expression: name }));
    const read = (content: PrecursorArtifact) => bindArtifacts(precursor, resolveParams(precursor), given(content));
    expect(() => read(fitted({ source: 'ticks', channels }))).toThrow(/source: its features are of ticks/);
    const bound = read(artifact);
    expect(bound.take(Object.values(given(fitted({ timeframe: '5m' })))[0]!)).toEqual([
      { level: 'warn', message: expect.stringContaining('it scores bars of 5m, and bars of 1m are scored') },
    ]);
  });
});

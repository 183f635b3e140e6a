/** The strategy of precursors says bar by bar what the artifact says of a whole panel, and trades by its horizon. */
import { describe, expect, it } from 'vitest';
import { defaultRunConfig, type EngineResult, runBacktest } from '../../src/lib/engine/index.ts';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import { type Bars, MINUTE } from '../../src/lib/model/index.ts';
import { alertText, type PrecursorArtifact, scorePanel } from '../../src/lib/research/index.ts';
import { type ArtifactSet, checkDefinition, resolveParams } from '../../src/lib/strategy/index.ts';
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
const alerts = ({ log }: EngineResult) => [...log].filter(({ message }) => message.startsWith('precursor'));
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
    const days = new Map<number, number>();
    for (const { time } of alerts(result)) {
      const day = Math.floor(time / 86_400_000);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect(Math.max(...days.values())).toBe(artifact.budget.perDay);
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
});

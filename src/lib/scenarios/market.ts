/** The market of a scenario, made or opened once for all of its strategies. */
import { SigmaError } from '../core/index.ts';
import { calendar, contentHash, generateMarket, parseSyntheticSpec, type SyntheticSpec } from '../data/index.ts';
import { barCount, barsPerYear, betweenTimes, parseTimeframe } from '../model/index.ts';
import type { Market, Markets } from '../runs/index.ts';
import type { Scenario } from './scenario.ts';

/** Markets in which the scenario's own is called by the scenario's name. */
export function scenarioMarkets(scenario: Scenario, markets: Markets): Markets {
  const { market } = scenario;
  if (market.kind === 'recorded') return markets;
  const made = syntheticMarket(scenario, market.spec);
  return { open: async (name) => (name === scenario.name ? made : markets.open(name)) };
}

/** Name under which a run opens the scenario's market. */
export function marketName({ name, market }: Scenario): string {
  return market.kind === 'recorded' ? market.data : name;
}

function syntheticMarket({ name, title }: Scenario, given: SyntheticSpec): Market {
  const spec = parseSyntheticSpec(given);
  const { bars } = generateMarket(spec);
  const timeframe = parseTimeframe(spec.timeframe);
  const sessions = calendar(spec.calendar);
  const symbols = bars.map((one) => one.instrument.symbol);
  const times = bars.flatMap((one) => [one.time[0] ?? Number.NaN, one.time.at(-1) ?? Number.NaN]);
  return {
    info: {
      name,
      title: `${title} (synthetic, seed ${spec.seed})`,
      timeframe,
      closeOnly: false,
      synthetic: true,
      hindsight: false,
      licence: 'CC0-1.0',
      contentHash: contentHash(bars),
      symbols,
      rows: bars.reduce((sum, one) => sum + barCount(one), 0),
      from: Math.min(...times),
      to: Math.max(...times),
      sessions: spec.calendar,
      periodsPerYear: barsPerYear(timeframe, sessions.sessionsPerYear, sessions.hoursPerSession),
    },
    read: async ({ symbols: asked = symbols, from, to }) => {
      const unknown = asked.find((symbol) => !symbols.includes(symbol));
      if (unknown !== undefined) {
        throw new SigmaError('usage/unknown-instrument', `there is no instrument '${unknown}'`, {
          where: name,
          hint: `there are ${symbols.join(', ')}`,
        });
      }
      return asked.map((symbol) => betweenTimes(bars[symbols.indexOf(symbol)]!, from, to));
    },
    actions: async () => ({ actions: [], stored: false }),
  };
}

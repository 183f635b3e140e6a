/** One plain judgement of a search result from all the evidence on luck, with its reasons. */
import type { CostStress } from './cost-stress.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { NoiseRetention } from './noise-retention.ts';
import type { Decay } from './persistence.ts';

/**
 * The limits of the rules. `for` is needed for a favourable verdict, `against` makes it unfavourable; what lies between leaves it open.
 * Significance alone holds false favourable verdicts to 2.5 % of searches through noise; the other rules only lower that.
 */
export const verdictLimits = {
  /** Fewest periods in which anything can speak for a set, and tests that cut time into parts can speak at all. */
  periods: { for: 60 },
  /** Step-down p of the chosen set and consistent SPA p. */
  significance: { for: 0.025, against: 0.5 },
  /**
   * Deflated Sharpe ratio. `for` and `against` hold the one deflated by the variance that chance gives trials without skill: trials that
   * really differ in skill deflate each other beyond that. The published one, by their own variance, must at least reach `published`.
   */
  deflated: { for: 0.95, against: 0.5, published: 0.5 },
  /** Probability of backtest overfitting, and the probability of loss at which choosing wrongly does not matter or does. */
  overfitting: { for: 0.25, against: 0.5, harmless: 0.05, harmful: 0.2 },
  /** z of the Sharpe ratio's fall in a later stretch (three cuts: 1.6 % each makes 5 %), and the share that must be left. */
  decay: { z: 2.13, left: 0.5 },
  /** Chance that the Sharpe ratio out of sample is above 0, unless it has fallen as `decay` says. */
  outOfSample: { for: 0.9 },
  /** Share of the objective that neighbours, or jittered prices, must keep. */
  retained: { for: 0.5, against: 0 },
  /** Multiple of today's costs that growth must survive. */
  breakEven: { for: 1.5, against: 1 },
} as const;

/** What became of the chosen set on a range that no search saw. */
export type OutOfSample = {
  readonly sharpe: number;
  /** P(true Sharpe > 0). */
  readonly probability: number;
  /** z of its fall since the search, and the share of the Sharpe ratio that is left. */
  readonly decay: number;
  readonly left: number;
};

export type VerdictEvidence = {
  readonly periods: number;
  readonly years: number;
  /** Annual Sharpe ratio of what is judged: net returns, or what the benchmark does not explain of them. */
  readonly sharpe: number;
  /** Annual Sharpe ratio that the best of the counted trials reaches by chance. */
  readonly luckySharpe: number;
  readonly trials: number;
  readonly deflatedSharpe: number;
  /** Of what the benchmark does not explain; the same without one. */
  readonly deflatedAlpha: number;
  /** The same deflated by the variance that chance alone gives a Sharpe ratio. */
  readonly beyondChance: number;
  readonly minBacktestLength: number;
  /** Undefined where a single set was tried. */
  readonly pbo?: number;
  readonly lossProbability?: number;
  /** p of the chosen set adjusted for all sets, and consistent SPA p. */
  readonly adjustedP: number;
  readonly spaP: number;
  readonly against: 'zero' | 'benchmark';
  readonly persistence: readonly Decay[];
  readonly outOfSample?: OutOfSample;
  readonly stability?: Neighbourhood;
  readonly costs?: CostStress;
  readonly noise?: NoiseRetention;
};

export type Reason = {
  readonly rule:
    | 'edge'
    | 'length'
    | 'significance'
    | 'deflation'
    | 'overfitting'
    | 'persistence'
    | 'out-of-sample'
    | 'stability'
    | 'costs'
    | 'noise';
  readonly speaks: 'for' | 'open' | 'against';
  readonly text: string;
};

export type Verdict = {
  readonly call: 'favourable' | 'inconclusive' | 'unfavourable';
  /** One line for people: the call and what decided it. */
  readonly line: string;
  readonly reasons: readonly Reason[];
};

/** Unfavourable when one reason speaks against, favourable when every reason speaks for, inconclusive otherwise. */
export function verdict(evidence: VerdictEvidence): Verdict {
  const found = [
    edge(evidence),
    length(evidence),
    significance(evidence),
    deflation(evidence),
    overfitting(evidence),
    decay(evidence),
    outOfSample(evidence),
    stability(evidence),
    costs(evidence),
    noise(evidence),
  ].filter((reason) => reason !== undefined);
  const against = found.filter((reason) => reason.speaks === 'against');
  const open = found.filter((reason) => reason.speaks === 'open');
  const call = against.length > 0 ? 'unfavourable' : open.length > 0 ? 'inconclusive' : 'favourable';
  const decisive = against.length > 0 ? against : open.length > 0 ? open : found.slice(0, 4);
  // A figure of so few periods is shown, and speaks for nothing.
  const reasons = found.map((reason) =>
    tooShort(evidence) && reason.speaks === 'for' ? { ...reason, speaks: 'open' as const } : reason,
  );
  return { call, line: `${call}: ${decisive.map(({ text }) => text).join('; ')}`, reasons };
}

function tooShort({ periods }: VerdictEvidence): boolean {
  return periods < verdictLimits.periods.for;
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const number = (value: number): string => value.toFixed(2);

/** For at or beyond one limit, against beyond the other; undefined figures leave it open. */
function speaks(holds: boolean, fails: boolean): Reason['speaks'] {
  return fails ? 'against' : holds ? 'for' : 'open';
}

function edge({ sharpe, against }: VerdictEvidence): Reason {
  const what = against === 'zero' ? 'Sharpe' : 'Sharpe beyond the benchmark';
  if (sharpe > 0) return { rule: 'edge', speaks: 'for', text: `${what} ${number(sharpe)} a year` };
  const text = Number.isNaN(sharpe) ? 'the chosen set has no returns that vary' : `${what} is ${number(sharpe)}`;
  return { rule: 'edge', speaks: 'against', text };
}

function length(evidence: VerdictEvidence): Reason {
  const { periods, years, trials, minBacktestLength } = evidence;
  const rule = 'length';
  if (tooShort(evidence))
    return { rule, speaks: 'open', text: `${periods} periods are too few; at least ${verdictLimits.periods.for}` };
  const enough = !(minBacktestLength > years);
  const need = `${Math.round(trials)} trials need ${number(minBacktestLength)} for such a Sharpe`;
  const text = `${number(years)} years of data${Number.isNaN(minBacktestLength) ? '' : `, ${need}`}`;
  return { rule, speaks: enough ? 'for' : 'open', text };
}

function significance({ adjustedP, spaP, against }: VerdictEvidence): Reason {
  const limits = verdictLimits.significance;
  const worst = Math.max(adjustedP, spaP);
  const subject = against === 'zero' ? 'no better than nothing' : 'no better than its share of the benchmark';
  const state = speaks(worst <= limits.for, worst > limits.against);
  if (Number.isNaN(worst)) return { rule: 'significance', speaks: 'open', text: 'significance cannot be tested' };
  return {
    rule: 'significance',
    speaks: state,
    text: `a search among sets ${subject} does as well with p = ${worst.toFixed(3)}`,
  };
}

function deflation({ deflatedSharpe, deflatedAlpha, beyondChance, trials, luckySharpe }: VerdictEvidence): Reason {
  const { deflated } = verdictLimits;
  const lesser = Math.min(deflatedSharpe, deflatedAlpha);
  const what = deflatedAlpha < deflatedSharpe ? 'deflated Sharpe beyond the benchmark' : 'deflated Sharpe';
  const state = speaks(beyondChance >= deflated.for && lesser >= deflated.published, beyondChance < deflated.against);
  const luck = `luck alone reaches ${number(luckySharpe)} in ${Math.round(trials)} independent trials`;
  const text = `${what} ${number(lesser)}${state === 'for' ? '' : ` (${luck})`}`;
  return { rule: 'deflation', speaks: state, text };
}

function overfitting(evidence: VerdictEvidence): Reason | undefined {
  const { periods, pbo, lossProbability = Number.NaN } = evidence;
  if (pbo === undefined || Number.isNaN(pbo)) return undefined;
  if (tooShort(evidence))
    return {
      rule: 'overfitting',
      speaks: 'open',
      text: `whether the best stays good on other days cannot be told from ${periods} periods`,
    };
  const limits = verdictLimits.overfitting;
  return {
    rule: 'overfitting',
    speaks: speaks(
      pbo <= limits.for || lossProbability <= limits.harmless,
      pbo > limits.against && lossProbability > limits.harmful,
    ),
    text: `the best of one half of the time is below the median of the other in ${percent(pbo)} of splits and loses in ${percent(lossProbability)}`,
  };
}

function decay(evidence: VerdictEvidence): Reason | undefined {
  const known = evidence.persistence.filter(({ z }) => Number.isFinite(z));
  if (known.length === 0) return undefined;
  if (tooShort(evidence))
    return {
      rule: 'persistence',
      speaks: 'open',
      text: `whether the edge lasts cannot be told from ${evidence.periods} periods`,
    };
  const limits = verdictLimits.decay;
  const gone = known.find(({ z, before, after }) => z > limits.z && !(after > limits.left * before));
  const rule = 'persistence';
  if (gone !== undefined)
    return {
      rule,
      speaks: 'against',
      text: `the edge is gone in the last ${percent(gone.later)} of the time (z ${number(gone.z)})`,
    };
  const weak = known.find(({ later, after }) => later === 1 / 2 && !(after > 0));
  if (weak !== undefined) return { rule, speaks: 'open', text: 'the second half of the time earns nothing' };
  return { rule, speaks: 'for', text: 'the edge lasts to the end' };
}

function outOfSample({ outOfSample: seen, against }: VerdictEvidence): Reason | undefined {
  if (seen === undefined) return undefined;
  const fallen = seen.decay > verdictLimits.decay.z && !(seen.left > verdictLimits.decay.left);
  return {
    rule: 'out-of-sample',
    speaks: speaks(seen.probability >= verdictLimits.outOfSample.for, !(seen.sharpe > 0) || fallen),
    text: `out of sample Sharpe${against === 'zero' ? '' : ' beyond the benchmark'} ${number(seen.sharpe)}${fallen ? `, ${percent(seen.left)} of what it was` : ''}`,
  };
}

function stability({ stability: found }: VerdictEvidence): Reason | undefined {
  if (found === undefined || found.neighbours === 0) return undefined;
  const { retained } = verdictLimits;
  return {
    rule: 'stability',
    speaks: speaks(found.retained >= retained.for, found.retained <= retained.against),
    text: Number.isNaN(found.retained)
      ? 'what neighbours keep of such an objective is undefined'
      : `${found.neighbours} neighbours keep ${percent(found.retained)} of the objective`,
  };
}

function costs({ costs: stress }: VerdictEvidence): Reason | undefined {
  if (stress === undefined || Number.isNaN(stress.breakEven)) return undefined;
  const { breakEven } = verdictLimits;
  const text =
    stress.breakEven === Number.POSITIVE_INFINITY
      ? 'no costs were charged'
      : `breaks even at ${number(stress.breakEven)} times the costs`;
  return {
    rule: 'costs',
    speaks: speaks(stress.breakEven >= breakEven.for, stress.breakEven < breakEven.against),
    text,
  };
}

function noise({ noise: found }: VerdictEvidence): Reason | undefined {
  if (found === undefined || found.runs === 0) return undefined;
  const { retained } = verdictLimits;
  return {
    rule: 'noise',
    speaks: speaks(found.retained >= retained.for, found.retained <= retained.against),
    text: Number.isNaN(found.retained)
      ? 'what jittered prices leave of such an objective is undefined'
      : `${percent(found.retained)} of the objective is left when prices are jittered`,
  };
}

/** The table of the experiment: what was measured over all seeds, and what it had to reach. */
import { selectedMedian } from '../../statistics/index.ts';
import { precursorKinds } from '../planted/patterns.ts';
import type { DriftKind, DriftScore } from './drift.ts';
import type { ExperimentResult } from './jobs.ts';
import type { LeakScore } from './leaks.ts';
import type { ContrastedNull, NullScore } from './nulls.ts';
import type { SeedScore } from './score.ts';

export type ExperimentGate = {
  /** A gate decides whether the experiment is passed. An aim is beyond what is asked: it is told whether it was reached, and decides nothing. */
  readonly kind: 'gate' | 'aim';
  /** Which market it was measured on: `amplitude 2.2`, `null A`, … */
  readonly market: string;
  readonly gate: string;
  /** NaN where nothing was measured: not passed. */
  readonly found: number;
  readonly rule: 'at least' | 'at most';
  readonly limit: number;
  readonly passed: boolean;
  /** Seeds or sets of data behind it. */
  readonly cases: number;
};

type Limit = { readonly rule: ExperimentGate['rule']; readonly limit: number };
const atLeast = (limit: number): Limit => ({ rule: 'at least', limit });
const atMost = (limit: number): Limit => ({ rule: 'at most', limit });

type Amplitude = {
  readonly amplitude: number;
  readonly all: number;
  readonly falsely: number;
  readonly decoys: number;
  readonly precision: number;
  readonly recall: number;
  readonly success: number;
};

const amplitudes: readonly Amplitude[] = [
  { amplitude: 2.2, all: 0.9, falsely: 0.05, decoys: 1 / 20, precision: 0.85, recall: 0.55, success: 0.3 },
  { amplitude: 3, all: 0.95, falsely: 0.02, decoys: 0, precision: 0.92, recall: 0.65, success: 0.34 },
];
/** Where patterns are too faint to be asked for, no more than so many false clusters a seed. */
const faint = { amplitude: 1.5, falsely: 0.3 };
/** A test of level 5 % is fooled in at most 16 of 200 sets with a probability of 98 %. */
const FOOLED = 0.08;
const BASELINE_FOOLED = 0.5;

/** One row a gate, in a fixed order, whatever the order of the results. */
export function experimentGates(results: readonly ExperimentResult[]): ExperimentGate[] {
  const scores = (amplitude: number): SeedScore[] =>
    results.flatMap((r) => (r.kind === 'planted' && r.job.amplitude === amplitude ? [r.score] : []));
  const permuted = results.flatMap((r) => (r.kind === 'planted' && r.permuted.sets > 0 ? [r.permuted] : []));
  const noise = results.flatMap((r) => (r.kind === 'noise' ? [r.noise] : []));
  const leaks = results.flatMap((r) => (r.kind === 'leaks' ? [r.leaks] : []));
  return [
    ...amplitudes.flatMap((a) => amplitudeGates(a, scores(a.amplitude))),
    ...faintGates(scores(faint.amplitude)),
    fooledGate('null A: permuted events', permuted),
    baselineGate('null A: permuted events', permuted),
    fooledGate('null B: noise', noise),
    ...budgetGates(results.flatMap((r) => (r.kind === 'planted' ? [r.score] : []))),
    ...leakGates(leaks),
    ...driftGates(results.flatMap((r) => (r.kind === 'drift' ? [r] : []))),
  ];
}

const total = <T>(list: readonly T[], of: (item: T) => number): number => list.reduce((sum, x) => sum + of(x), 0);

/** Makes rows of one market; a figure that is NaN passes nothing. */
function gatesOf(market: string, cases: number, kind: ExperimentGate['kind'] = 'gate') {
  return (gate: string, found: number, { rule, limit }: Limit): ExperimentGate => {
    const passed = rule === 'at least' ? found >= limit : found <= limit;
    return { kind, market, gate, found, rule, limit, passed, cases };
  };
}

function amplitudeGates(needed: Amplitude, scores: readonly SeedScore[]): ExperimentGate[] {
  const row = gatesOf(`amplitude ${needed.amplitude}`, scores.length);
  const complete = total(scores, (s) => Number(s.found.length === precursorKinds.length));
  const alerts = total(scores, (s) => s.alerts);
  return [
    row('A, B and C all survive, share of seeds', complete / scores.length, atLeast(needed.all)),
    row('false surviving clusters, share of survivors', falseShare(scores), atMost(needed.falsely)),
    row('surviving decoys a seed', total(scores, (s) => s.decoySurvivors) / scores.length, atMost(needed.decoys)),
    row('precision of planted instances', total(scores, (s) => s.right) / alerts, atLeast(needed.precision)),
    row(
      'recall of planted instances',
      total(scores, (s) => s.met) / total(scores, (s) => s.planted),
      atLeast(needed.recall),
    ),
    row('P(success | alert)', total(scores, (s) => s.successes) / alerts, atLeast(needed.success)),
  ];
}

function falseShare(scores: readonly SeedScore[]): number {
  const survivors = total(scores, (s) => s.survivors);
  return survivors === 0 && scores.length > 0 ? 0 : total(scores, (s) => s.falseSurvivors) / survivors;
}

function faintGates(scores: readonly SeedScore[]): ExperimentGate[] {
  const row = gatesOf(`amplitude ${faint.amplitude}`, scores.length);
  const falsely = total(scores, (s) => s.falseSurvivors) / scores.length;
  return [row('false surviving clusters a seed', falsely, atMost(faint.falsely))];
}

function fooledGate(market: string, scores: readonly NullScore[]): ExperimentGate {
  const sets = total(scores, (s) => s.sets);
  const share = total(scores, (s) => s.fooled) / sets;
  return gatesOf(market, sets)('share of sets with any survivor', share, atMost(FOOLED));
}

function baselineGate(market: string, scores: readonly ContrastedNull[]): ExperimentGate {
  const sets = total(scores, (s) => s.sets);
  const share = total(scores, (s) => s.baselineFooled) / sets;
  return gatesOf(market, sets)('the same for k-means in sample, which must be fooled', share, atLeast(BASELINE_FOOLED));
}

function budgetGates(scores: readonly SeedScore[]): ExperimentGate[] {
  // Where alerts were never refused nothing kept them from being too many.
  const pressed = scores.filter(({ budget }) => budget.refused > 0 || budget.busiestDay > budget.perDay);
  const row = gatesOf('all planted markets', pressed.length);
  const over = total(pressed, ({ budget }) => Number(budget.busiestDay > budget.perDay)) / pressed.length;
  return [row('days above the budget of alerts, share of seeds', over, atMost(0))];
}

function leakGates(leaks: readonly LeakScore[]): ExperimentGate[] {
  const row = gatesOf('leaks', leaks.length);
  const share = (of: (leak: LeakScore) => boolean): number => total(leaks, (l) => Number(of(l))) / leaks.length;
  return [
    row('late rows never improve precision, share of seeds', share(neverImproves), atLeast(1)),
    row(
      'the same at t whatever comes later, share of seeds',
      share((l) => l.causal),
      atLeast(1),
    ),
    row(
      'a method that peeks is caught, share of seeds',
      share((l) => l.peekCaught),
      atLeast(1),
    ),
  ];
}

/** The usual alarm comes within so many resolved alerts. Nearly always is the aim: no test that was tried gets there at this rate of false alarms (ADR 13). */
const SOON = 30;

function driftGates(results: readonly Extract<ExperimentResult, { readonly kind: 'drift' }>[]): ExperimentGate[] {
  const of = (market: DriftKind): DriftScore[] => results.flatMap((r) => (r.job.market === market ? [r.drift] : []));
  const decayed = of('decay').filter((d) => d.decayed);
  const steady = of('steady');
  const falsely = total(steady, (d) => d.falseAlarms);
  const waited = Float64Array.from(decayed, (d) => d.alertsToAlarm ?? Number.POSITIVE_INFINITY);
  const soon = waited.filter((alerts) => alerts <= SOON).length;
  const market = 'C stops preceding events';
  const decays = gatesOf(market, decayed.length);
  const wanted = gatesOf(market, decayed.length, 'aim');
  return [
    decays('resolved alerts to the alarm, median of seeds', selectedMedian(waited), atMost(SOON)),
    wanted(`alarm within ${SOON} resolved alerts, share of seeds`, soon / decayed.length, atLeast(0.9)),
    gatesOf('nothing changes', steady.length)(
      'false alarms in 250 days',
      (falsely / total(steady, (d) => d.days)) * 250,
      atMost(1),
    ),
  ];
}

/** Nothing is told where no alert was given in time, or nothing came late. */
function neverImproves({ delays: [prompt, ...late] }: LeakScore): boolean {
  return prompt!.alerts > 0 && late.length > 0 && late.every(({ precision }) => precision <= prompt!.precision);
}

/** What a strategy needs from the registry, and what it gets in a run: content that was decoded once, changed only between instants. */
import { type Json, SigmaError } from '../core/index.ts';
import { bars as barExprs } from '../indicators/index.ts';
import { checkExpressions } from './check-definition.ts';
import type { ParamSpecs, ParamValues } from './params.ts';
import type { Strategy } from './strategy.ts';

/** One artifact a strategy reads. */
export type ArtifactNeed<P extends ParamSpecs, T> = {
  /** Names it by the parameters, for example `precursors@production`. */
  readonly reference: (params: ParamValues<P>) => string;
  /**
   * Checks the document of the artifact and makes of it what the strategy works with. It is called once in each run and for
   * each new version, so what it returns may hold state of the run. It throws when the document is not what it takes.
   * @param about what its maker says of the artifact
   * @param before what the version before it became, where this one takes its place in the middle of a run: state that must go on
   */
  readonly decode: (content: unknown, about: ArtifactAbout, before?: T) => T;
  /** How to come by such an artifact, for the error when there is none. */
  readonly hint?: string;
};

export type ArtifactNeeds<P extends ParamSpecs, A> = { readonly [K in keyof A]: ArtifactNeed<P, A[K]> };

/** What a strategy makes of its artifacts, by the names it gave them. */
export type ArtifactValues = Readonly<Record<string, unknown>>;

/** From the manifest of an artifact. */
export type ArtifactAbout = {
  /** As it was asked for. */
  readonly reference: string;
  readonly hash: string;
  readonly kind: string;
  /** The feature specification it was made by, if there is one. */
  readonly features?: Json;
  readonly params: Json;
};

/** An artifact as plain data, whatever store it came from. */
export type LoadedArtifact = ArtifactAbout & {
  /** Its document. */
  readonly content: Json;
};

/** By reference. */
export type ArtifactSet = Readonly<Record<string, LoadedArtifact>>;

/** What became of a new version, for the log. */
export type ArtifactNews = { readonly level: 'info' | 'warn'; readonly message: string };

/** The references a strategy has under these parameters. */
export function artifactReferences(strategy: Strategy, params: ParamValues<ParamSpecs>): readonly string[] {
  return [...new Set(Object.values(strategy.artifacts ?? {}).map(({ reference }) => reference(params)))];
}

/** A strategy tied to its artifacts: the functions of `strategy` see them without being handed them. */
export interface BoundStrategy {
  readonly strategy: Strategy;
  readonly values: ArtifactValues;
  /** Goes on with a new version where it is one of the strategy's and of the same signals; says what became of it. */
  take(artifact: LoadedArtifact): readonly ArtifactNews[];
}

const none: ArtifactValues = Object.freeze({});

/**
 * @param given by reference; more than the strategy needs does no harm
 * @throws SigmaError usage/unknown-artifact when one is not given, strategy/bad-artifact when its content is refused
 */
export function bindArtifacts(
  strategy: Strategy,
  params: ParamValues<ParamSpecs>,
  given: ArtifactSet = {},
): BoundStrategy {
  if (strategy.artifacts === undefined) return { strategy, values: none, take: () => [] };
  const needs = Object.entries(strategy.artifacts).map(([name, need]) => ({
    name,
    need,
    reference: need.reference(params),
  }));
  const values: Record<string, unknown> = {};
  for (const { name, need, reference } of needs) {
    const artifact = Object.hasOwn(given, reference) ? given[reference] : undefined;
    if (artifact === undefined) throw missing(strategy, reference, need.hint);
    values[name] = decoded(strategy, need, artifact);
  }
  const bound = tied(strategy, values);
  checkExpressions(bound.signals?.(barExprs, params) ?? {}, (found, hint) => {
    throw new SigmaError('strategy/load-failed', found, { where: strategy.name, hint });
  });
  const signals = signalsOf(bound, params);
  const take = (artifact: LoadedArtifact): readonly ArtifactNews[] => {
    const news: ArtifactNews[] = [];
    for (const { name, need } of needs.filter(({ reference }) => reference === artifact.reference)) {
      const before = values[name];
      const version = `${artifact.reference} is ${artifact.hash.slice(0, 12)} now`;
      try {
        values[name] = decoded(strategy, need, artifact, before);
        if (signalsOf(bound, params) !== signals) throw new Error('it needs other signals, which begin with a new run');
        news.push({ level: 'info', message: version });
      } catch (cause) {
        values[name] = before;
        const why = cause instanceof Error ? cause.message : String(cause);
        news.push({ level: 'warn', message: `${version}, but the version before it stays in use: ${why}` });
      }
    }
    return news;
  };
  return { strategy: bound, values, take };
}

function decoded(
  strategy: Strategy,
  need: ArtifactNeed<ParamSpecs, unknown>,
  artifact: LoadedArtifact,
  before?: unknown,
): unknown {
  try {
    return need.decode(artifact.content, artifact, before);
  } catch (cause) {
    throw new SigmaError('strategy/bad-artifact', cause instanceof Error ? cause.message : String(cause), {
      where: `${artifact.reference} (${artifact.kind} ${artifact.hash.slice(0, 12)})`,
      hint: `${strategy.name} cannot work with it${need.hint === undefined ? '' : `; ${need.hint}`}`,
      cause,
    });
  }
}

function tied(strategy: Strategy, values: ArtifactValues): Strategy {
  const { signals, universe, target, exits } = strategy;
  return {
    ...strategy,
    ...(signals === undefined ? {} : { signals: (bars, params) => signals(bars, params, values) }),
    ...(universe === undefined ? {} : { universe: (bars, params) => universe(bars, params, values) }),
    ...(target === undefined ? {} : { target: (row, params, held) => target(row, params, held, values) }),
    ...(exits === undefined ? {} : { exits: (row, params) => exits(row, params, values) }),
  };
}

/** Equal texts compute equal columns under equal names. */
function signalsOf({ signals, universe }: Strategy, params: ParamValues<ParamSpecs>): string {
  const named = Object.entries(signals?.(barExprs, params) ?? {}).map(([name, { key }]) => [name, key]);
  return JSON.stringify([named, universe?.(barExprs, params).key]);
}

function missing(strategy: Strategy, reference: string, hint: string | undefined): SigmaError {
  return new SigmaError('usage/unknown-artifact', `it needs the artifact '${reference}', which it was not given`, {
    where: strategy.name,
    hint: hint ?? 'see sigma registry list; name another with --param, or make one',
  });
}

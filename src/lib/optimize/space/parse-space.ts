/** The search space that a user means: the strategy's own ranges, narrowed by what was written. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import { checkParam, type ParamSpec, type ParamValue, resolveParams, type Strategy } from '../../strategy/index.ts';
import type { Dimension } from './dimension.ts';
import type { SearchSpace } from './space.ts';

export type SpaceRequest = {
  /** Parameter name to its part of the space as text, for example `20:200:10`, `0.001:1:log` or `0,0.02,0.05`. */
  readonly space?: Readonly<Record<string, string>>;
  /** Parameters held at a value. */
  readonly params?: Readonly<Record<string, unknown>>;
};

/**
 * The space over the named parameters, or over all that have a range when none is named; the others are held.
 * @throws SigmaError usage/bad-space, usage/unknown-parameter, usage/bad-parameter
 */
export function parseSpace(strategy: Pick<Strategy, 'name' | 'params'>, request: SpaceRequest = {}): SearchSpace {
  const { space = {}, params = {} } = request;
  const specs = strategy.params ?? {};
  for (const name of Object.keys(space)) {
    if (!Object.hasOwn(specs, name)) throw unknownParameter(strategy.name, name, Object.keys(specs));
    if (Object.hasOwn(params, name))
      throw new SigmaError('usage/bad-space', `${name} is both searched and held at ${String(params[name])}`, {
        where: `--space ${name}`,
        hint: `leave out --param ${name}=… or --space ${name}=…`,
      });
  }
  const fixed = resolveParams(strategy, params);
  const named = Object.keys(space);
  const dimensions =
    named.length > 0
      ? named.map((name) => parseDimension(name, space[name]!, specs[name]!))
      : Object.entries(specs)
          .filter(([name]) => !Object.hasOwn(params, name))
          .flatMap(([name, spec]) => dimensionOf(name, spec) ?? []);
  if (dimensions.length === 0)
    throw new SigmaError('usage/bad-space', `${strategy.name} has nothing to search`, {
      where: '--space',
      hint:
        Object.keys(specs).length === 0
          ? 'it takes no parameters; measure it with sigma backtest'
          : 'hold fewer parameters with --param, or name one with --space',
    });
  return { dimensions, fixed };
}

/** The whole range of a parameter; nothing for free text and for a range of one value. */
function dimensionOf(name: string, spec: ParamSpec): Dimension | undefined {
  switch (spec.type) {
    case 'number':
    case 'integer': {
      const { min, max, step, log } = spec;
      if (min === max) return undefined;
      return {
        kind: 'range',
        name,
        integer: spec.type === 'integer',
        min,
        max,
        ...(step === undefined ? {} : { step }),
        ...(log === true && min > 0 ? { log } : {}),
      };
    }
    case 'boolean':
      return { kind: 'list', name, values: [false, true] };
    case 'choice':
      return spec.options.length < 2 ? undefined : { kind: 'list', name, values: spec.options };
    case 'text':
      return undefined;
  }
}

function parseDimension(name: string, text: string, spec: ParamSpec): Dimension {
  const where = `--space ${name}`;
  const refuse = (found: string, hint: string): never => {
    throw new SigmaError('usage/bad-space', found, { where, hint });
  };
  if (text.trim() === '') {
    const whole = dimensionOf(name, spec);
    return whole ?? refuse('it has no range of its own', `list its values: --space ${name}=a,b`);
  }
  if (text.includes(':') && (spec.type === 'number' || spec.type === 'integer')) return parseRange(name, text, spec);
  const values = text.split(',').map((part): ParamValue => {
    const word = part.trim();
    if (word === '') refuse(`'${text}' has an empty value`, `for example --space ${name}=${exampleOf(spec)}`);
    return checkParam(spec, word, where);
  });
  const twice = values.find((value, k) => values.indexOf(value) !== k);
  if (twice !== undefined) refuse(`${String(twice)} is listed twice`, 'list each value once');
  return { kind: 'list', name, values };
}

function parseRange(name: string, text: string, spec: Extract<ParamSpec, { type: 'number' | 'integer' }>): Dimension {
  const where = `--space ${name}`;
  const refuse = (found: string): never => {
    throw new SigmaError('usage/bad-space', found, {
      where,
      hint: `write from:to, from:to:step or from:to:log, for example --space ${name}=${exampleOf(spec)}`,
    });
  };
  const parts = text.split(':').map((part) => part.trim());
  const log = parts.at(-1) === 'log';
  const numbers = log ? parts.slice(0, -1) : parts;
  if (numbers.length < 2 || numbers.length > 3) refuse(`'${text}' is not a range`);
  const [low, high] = numbers.slice(0, 2).map((part) => Number(checkParam(spec, part, where)));
  if (low === undefined || high === undefined) return refuse(`'${text}' is not a range`);
  if (low > high) refuse(`the range ${text} is empty: ${low} is above ${high}`);
  if (log && low <= 0) refuse(`a logarithmic range starts above 0, not at ${low}`);
  const step = numbers[2] === undefined ? undefined : Number(numbers[2]);
  if (step !== undefined && !(step > 0)) refuse(`the step ${numbers[2]} is not above 0`);
  const integer = spec.type === 'integer';
  if (step !== undefined && integer && !Number.isInteger(step)) refuse(`the step ${step} is not a whole number`);
  if (low === high) return { kind: 'list', name, values: [low] };
  return {
    kind: 'range',
    name,
    integer,
    min: low,
    max: high,
    ...(step === undefined ? {} : { step }),
    ...(log ? { log } : {}),
  };
}

function exampleOf(spec: ParamSpec): string {
  switch (spec.type) {
    case 'number':
    case 'integer':
      return `${spec.min}:${spec.max}`;
    case 'boolean':
      return 'true,false';
    case 'choice':
      return spec.options.join(',');
    case 'text':
      return 'a,b';
  }
}

function unknownParameter(strategy: string, name: string, names: readonly string[]): SigmaError {
  return new SigmaError('usage/unknown-parameter', `${strategy} has no parameter '${name}'`, {
    where: '--space',
    hint:
      didYouMean(name, names) ||
      (names.length === 0 ? 'it takes no parameters' : `its parameters are ${names.join(', ')}`),
  });
}

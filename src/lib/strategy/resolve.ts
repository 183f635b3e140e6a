/** Parameter values from what a user gave: text from a command line, or values from code. */
import { didYouMean, SigmaError, unreachable } from '../core/index.ts';
import type { ParamSpec, ParamSpecs, ParamValue, ParamValues } from './params.ts';
import type { Strategy } from './strategy.ts';

/** What resolving needs to know of a strategy. */
type Parametrised = Pick<Strategy, 'name' | 'params'>;

/**
 * All parameters with their values: defaults where nothing was given. Text is read as the parameter's type.
 * @throws SigmaError usage/unknown-parameter, usage/bad-parameter
 */
export function resolveParams(
  strategy: Parametrised,
  given: Readonly<Record<string, unknown>> = {},
): ParamValues<ParamSpecs> {
  const specs = strategy.params ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(specs, name)) continue;
    const names = Object.keys(specs);
    throw new SigmaError('usage/unknown-parameter', `${strategy.name} has no parameter '${name}'`, {
      hint:
        didYouMean(name, names) ||
        (names.length === 0 ? 'it takes no parameters' : `its parameters are ${names.join(', ')}`),
    });
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, value === undefined ? spec.default : checkParam(spec, value, `${strategy.name}.${name}`)];
    }),
  );
}

/**
 * One value against its specification.
 * @param where names the parameter in an error, for example `momentum.lookback`
 * @throws SigmaError usage/bad-parameter
 */
export function checkParam(spec: ParamSpec, value: unknown, where: string): ParamValue {
  const refuse = (found: string, hint: string): never => {
    throw new SigmaError('usage/bad-parameter', found, { where, hint });
  };
  switch (spec.type) {
    case 'number':
    case 'integer': {
      const kind = spec.type === 'integer' ? 'a whole number' : 'a number';
      const range = `give ${kind} from ${spec.min} to ${spec.max}`;
      const read = readNumber(value);
      if (Number.isNaN(read)) return refuse(`${show(value)} is not ${kind}`, range);
      if (spec.type === 'integer' && !Number.isInteger(read)) return refuse(`${read} is not ${kind}`, range);
      if (read < spec.min) return refuse(`${read} is below the minimum ${spec.min}`, range);
      if (read > spec.max) return refuse(`${read} is above the maximum ${spec.max}`, range);
      return read;
    }
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      return refuse(`${show(value)} is not a yes or no`, 'give true or false');
    case 'choice': {
      const options = spec.options;
      if (typeof value === 'string' && options.includes(value)) return value;
      const near = typeof value === 'string' ? didYouMean(value, options) : '';
      return refuse(`${show(value)} is not one of ${options.join(', ')}`, near || `give one of ${options.join(', ')}`);
    }
    case 'text':
      return typeof value === 'string' ? value : refuse(`${show(value)} is not text`, 'give text');
    default:
      return unreachable(spec);
  }
}

/** NaN for what is not a finite number; text must be a number and nothing else. */
function readNumber(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== 'string' || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())) return Number.NaN;
  const read = Number(value);
  return Number.isFinite(read) ? read : Number.NaN;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

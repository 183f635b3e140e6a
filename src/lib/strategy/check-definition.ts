/** Checks that an object loaded from a file is a strategy, before anything is run with it. */
import { didYouMean, SigmaError } from '../core/index.ts';
import { bars } from '../indicators/index.ts';
import { handlers } from './handlers.ts';
import { checkParam, resolveParams } from './resolve.ts';
import type { Allocation, Rebalance, Strategy } from './strategy.ts';

const functions = ['signals', 'universe', 'target', 'exits', ...handlers] as const;
const keys: readonly string[] = ['name', 'description', 'params', 'artifacts', 'rebalance', 'allocation', ...functions];
const rebalances: readonly Rebalance[] = ['change', 'bar', 'day', 'week', 'month', 'quarter', 'year'];
const allocations: readonly Allocation[] = ['slots', 'portfolio', 'normalised'];
/** Names a row has already, or that the engine's row keeps for itself. */
const rowNames = ['symbol', 'time', 'open', 'high', 'low', 'close', 'volume', 'universe', 'columns', 'index'];
const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
const paramTypes = ['number', 'integer', 'boolean', 'choice', 'text'];

type Loose = Readonly<Record<string, unknown>>;

/**
 * The object as a strategy.
 * @param where the file it came from, for the error
 * @throws SigmaError strategy/load-failed that names the first thing wrong
 */
export function checkDefinition(value: unknown, where = 'strategy'): Strategy {
  const refuse = (found: string, hint: string): never => {
    throw new SigmaError('strategy/load-failed', found, { where, hint });
  };
  if (!isRecord(value)) return refuse('no strategy is exported', 'write export default defineStrategy({ … })');
  if (typeof value.name !== 'string' || !/^[A-Za-z][A-Za-z0-9._-]*$/.test(value.name)) {
    refuse(
      `name is ${JSON.stringify(value.name) ?? 'missing'}`,
      "a strategy's name starts with a letter and has letters, digits, '.', '-' and '_'",
    );
  }
  for (const key of Object.keys(value)) {
    if (!keys.includes(key))
      refuse(`'${key}' is no part of a strategy`, didYouMean(key, keys) || `its parts are ${keys.join(', ')}`);
  }
  for (const key of functions) {
    if (value[key] !== undefined && typeof value[key] !== 'function')
      refuse(`${key} is not a function`, `write ${key}: (…) => …`);
  }
  if (value.target === undefined && handlers.every((h) => value[h] === undefined)) {
    refuse('it has neither a target nor a handler', 'add target: (row) => … or onBar: (ctx) => …');
  }
  if (value.exits !== undefined && value.target === undefined)
    refuse(
      'it has exits but no target',
      'handlers give their orders a bracket: ctx.submit({ …, bracket: { stopLoss: … } })',
    );
  checkOption(value.rebalance, rebalances, 'rebalance', refuse);
  checkOption(value.allocation, allocations, 'allocation', refuse);
  checkParamSpecs(value.params, refuse);
  checkArtifacts(value.artifacts, refuse);
  const strategy = value as unknown as Strategy; // its parts have just been checked
  // Signals that are made from artifacts can be made once there are some: the run checks them.
  if (strategy.artifacts === undefined) checkSignals(strategy, refuse);
  return strategy;
}

type Refuse = (found: string, hint: string) => never;

function checkOption(value: unknown, options: readonly string[], name: string, refuse: Refuse): void {
  if (value === undefined || (typeof value === 'string' && options.includes(value))) return;
  refuse(`${name} is ${JSON.stringify(value)}`, `write one of ${options.join(', ')}`);
}

function checkParamSpecs(params: unknown, refuse: Refuse): void {
  if (params === undefined) return;
  if (!isRecord(params)) return refuse('params is not an object', 'write params: { lookback: integer({ … }) }');
  for (const [name, spec] of Object.entries(params)) {
    if (!identifier.test(name)) refuse(`parameter name '${name}' is not an identifier`, 'use letters, digits and _');
    if (!isRecord(spec) || typeof spec.type !== 'string' || !paramTypes.includes(spec.type)) {
      refuse(`parameter ${name} has no type`, 'write integer({ … }), number, boolean, choice or text');
    }
    checkSpec(name, spec, refuse);
  }
}

function checkArtifacts(artifacts: unknown, refuse: Refuse): void {
  if (artifacts === undefined) return;
  const hint = 'write artifacts: { model: { reference: (p) => p.model, decode: (content) => … } }';
  if (!isRecord(artifacts)) return refuse('artifacts is not an object', hint);
  for (const [name, need] of Object.entries(artifacts)) {
    if (!isRecord(need) || typeof need.reference !== 'function' || typeof need.decode !== 'function')
      refuse(`artifact ${name} has no reference or no decode`, hint);
  }
}

function checkSpec(name: string, spec: unknown, refuse: Refuse): void {
  if (!isRecord(spec)) return;
  if (spec.type === 'number' || spec.type === 'integer') {
    const { min, max } = spec;
    if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max)) {
      refuse(`parameter ${name} has no range`, 'give min and max, min not above max');
    }
  }
  if (spec.type === 'choice' && !(Array.isArray(spec.options) && spec.options.length > 0)) {
    refuse(`parameter ${name} has no options`, "write options: ['a', 'b']");
  }
  try {
    checkParam(spec as unknown as Parameters<typeof checkParam>[0], spec.default, name); // its type was checked above
  } catch (cause) {
    refuse(`default of parameter ${message(cause)}`, 'choose a default that the parameter allows');
  }
}

/** Builds the signals once with the default parameters. */
function checkSignals(strategy: Strategy, refuse: Refuse): void {
  const params = resolveParams(strategy);
  const build = <T>(part: string, make: () => T): T => {
    try {
      return make();
    } catch (cause) {
      return refuse(
        `${part} throws with the default parameters: ${message(cause)}`,
        'signals build expressions; they see no data',
      );
    }
  };
  if (strategy.signals !== undefined)
    checkExpressions(
      build('signals', () => strategy.signals?.(bars, params)),
      refuse,
    );
  if (strategy.universe !== undefined) {
    const universe: unknown = build('universe', () => strategy.universe?.(bars, params));
    if (!isExpression(universe)) refuse(`universe returns ${kindOf(universe)}, not an expression`, hintFor(universe));
  }
}

/** What `signals` returned. */
export function checkExpressions(signals: unknown, refuse: Refuse): void {
  if (!isRecord(signals))
    return refuse('signals returns no object', 'write signals: ({ close }, p) => ({ name: expression })');
  for (const [name, expression] of Object.entries(signals)) {
    if (!identifier.test(name)) refuse(`signal name '${name}' is not an identifier`, 'use letters, digits and _');
    if (rowNames.includes(name)) refuse(`signal name '${name}' is taken: a row has it already`, 'choose another name');
    if (!isExpression(expression))
      refuse(`signal ${name} is ${kindOf(expression)}, not an expression`, hintFor(expression));
  }
}

/** By shape, so that a strategy built with another copy of the library is one too. */
function isExpression(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    typeof value.key === 'string' &&
    typeof value.warmup === 'number'
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function hintFor(value: unknown): string {
  if (typeof value === 'number') return 'wrap it: constant(…)';
  return isRecord(value)
    ? `it returns a record: pick one, for example .${Object.keys(value)[0] ?? 'value'}`
    : 'build it from close, high, … and indicators';
}

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Expressions as text, as feature specifications hold them: `ema(close, 12) - ema(close, 26)`. */
import { didYouMean, SigmaError, unreachable } from '../../core/index.ts';
import { bars } from '../bars.ts';
import { constant, type Expr } from '../expression.ts';
import { type TextFunction, textFunctions, type Value } from './functions.ts';
import type { ArgumentKind } from './signature.ts';
import { type Syntax, syntaxOf } from './syntax.ts';
import { expressionError } from './tokens.ts';

/**
 * Reads an expression over the columns of bars: numbers, `open` to `volume` and `time`, every function of the catalogue,
 * `on`, `of` and the cross-sections, + - * / ^ < <= > >= == and or, and outputs as in `macd(close).signal`. `bars` may be left
 * out of a call. What is built is causal: there is no function that reads a later row, and negative lags are refused.
 * @param where named in errors, before the column
 * @throws SigmaError usage/bad-expression with the column, and near names for what is unknown
 */
export function parseExpression(source: string, where = 'expression'): Expr {
  const syntax = syntaxOf(source, where);
  const value = createBuilder(where)(syntax);
  if (typeof value === 'number') return constant(value);
  if (isExpr(value)) return value;
  if (typeof value === 'object' && value !== bars)
    throw expressionError(
      `there are several outputs: ${Object.keys(value).join(', ')}`,
      syntax.column,
      where,
      `name one, as in ${source.trim()}.${Object.keys(value)[0]}`,
    );
  throw expressionError('this is not a value for each row', syntax.column, where);
}

function createBuilder(where: string): (syntax: Syntax) => Value {
  const build = (syntax: Syntax): Value => {
    switch (syntax.kind) {
      case 'number':
      case 'text':
        return syntax.value;
      case 'name':
        return named(syntax, where);
      case 'record':
        return Object.fromEntries(syntax.members.map(([key, member]) => [key, numberOf(build(member), member)]));
      case 'output':
        return output(build(syntax.of), syntax, where);
      default:
        return called(syntax, syntax.args.map(build), where);
    }
  };
  const numberOf = (value: Value, { column }: Syntax): number => {
    if (typeof value === 'number') return value;
    throw expressionError('this is not a number', column, where);
  };
  return build;
}

type Named<K extends Syntax['kind']> = Extract<Syntax, { kind: K }>;

function named({ name, column }: Named<'name'>, where: string): Value {
  if (name === 'bars') return bars;
  const columns: Readonly<Record<string, Expr>> = bars;
  if (Object.hasOwn(columns, name)) return columns[name]!;
  const found = textFunctions().has(name) ? `'${name}' is a function` : `there is no column '${name}'`;
  const hint =
    textFunctions().get(name)?.usage ?? didYouMean(name, [...Object.keys(columns), ...textFunctions().keys()]);
  throw expressionError(found, column, where, hint);
}

function output(value: Value, { name, column }: Named<'output'>, where: string): Value {
  if (typeof value === 'object' && !isExpr(value)) {
    const outputs: Readonly<Record<string, Expr | number>> = value;
    if (Object.hasOwn(outputs, name)) return outputs[name]!;
    const hint = didYouMean(name, Object.keys(outputs)) || `there are ${Object.keys(outputs).join(', ')}`;
    throw expressionError(`there is no output '${name}'`, column, where, hint);
  }
  throw expressionError(`there is but one output, and none called '${name}'`, column, where);
}

const folded: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
};

function called({ name, args, column }: Named<'call'>, given: readonly Value[], where: string): Value {
  if (Object.hasOwn(folded, name) && given.every((v) => typeof v === 'number'))
    return folded[name]!(given[0] ?? Number.NaN, given[1] ?? Number.NaN);
  const target = textFunctions().get(name);
  if (target === undefined)
    throw expressionError(
      `there is no function '${name}'`,
      column,
      where,
      didYouMean(name, textFunctions().keys()) || 'sigma indicators list shows them all',
    );
  const complete = target.arguments[0]?.kind === 'bars' && given[0] !== bars ? [bars, ...given] : given;
  const shift = complete.length - given.length;
  if (complete.length < target.required || complete.length > target.arguments.length)
    throw expressionError(`'${name}' does not take ${given.length} arguments`, column, where, target.usage);
  const values = complete.map((value, i) => argument(value, i, target, args[i - shift]?.column ?? column, where));
  try {
    return target.call(...values);
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    throw expressionError(
      `${name}: ${cause.found}`,
      args[1 - shift]?.column ?? column,
      where,
      lookAheadHint(name, values),
    );
  }
}

/** A negative number of rows is the commonest way to ask for the future. */
function lookAheadHint(name: string, values: readonly Value[]): string {
  const negative = values.some((v) => typeof v === 'number' && v < 0);
  return negative && ['lag', 'diff', 'roc', 'logReturn'].includes(name) ? 'a negative lag would look ahead' : '';
}

const wanted: Readonly<Record<ArgumentKind, string>> = {
  expression: 'an expression',
  bars: 'bars',
  number: 'a number',
  timeframe: "a timeframe in quotes, such as '1h'",
  text: 'a text in quotes',
  record: 'a record',
};

function argument(value: Value, index: number, target: TextFunction, column: number, where: string): Value {
  const { name, kind } = target.arguments[index]!;
  if (!fits(value, kind)) throw expressionError(`'${name}' is ${wanted[kind]}`, column, where, target.usage);
  return kind === 'expression' && typeof value === 'number' ? constant(value) : value;
}

function fits(value: Value, kind: ArgumentKind): boolean {
  switch (kind) {
    case 'expression':
      return typeof value === 'number' || isExpr(value);
    case 'number':
      return typeof value === 'number';
    case 'text':
      return typeof value === 'string';
    case 'timeframe':
      return typeof value === 'string' && /^[1-9]\d{0,3}[smhdwM]$/.test(value);
    case 'bars':
      return value === bars;
    case 'record':
      return typeof value === 'object' && !isExpr(value) && value !== bars;
    default:
      return unreachable(kind);
  }
}

function isExpr(value: Value): value is Expr {
  return typeof value === 'object' && 'key' in value && 'warmup' in value;
}

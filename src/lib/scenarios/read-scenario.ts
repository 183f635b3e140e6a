/** A scenario from the text of its YAML file; every mistake is named by file, line and key. */
import { basename, extname } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { didYouMean, SigmaError } from '../core/index.ts';
import { parseSyntheticSpec } from '../data/index.ts';
import { figureNames } from './figures.ts';
import { invalid } from './invalid.ts';
import { type Path, placeOf } from './places.ts';
import type { Band, Scenario, ScenarioCase, ScenarioMarket } from './scenario.ts';
import { type ScenarioDocument, scenarioSchema } from './schema.ts';

type Place = (path: Path) => string;

/**
 * @param file name shown in errors; its stem is the scenario's name
 * @throws SigmaError scenario/invalid
 */
export function readScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const place: Place = (path) => `${file}:${placeOf(document, lines, path)}`;
  const content = contentOf(document, lines, file);
  const parsed = scenarioSchema.safeParse(content);
  if (!parsed.success) throw schemaError(parsed.error, place);
  const { title, description, from, to } = { ...parsed.data, ...parsed.data.market };
  return {
    name: basename(file, extname(file)),
    file,
    title,
    description,
    market: marketOf(parsed.data, place),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    cases: casesOf(parsed.data, place),
  };
}

function contentOf(document: Document, lines: LineCounter, file: string): unknown {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new SigmaError('scenario/invalid', problem.message, {
      where: `${file}:${line}:${col}`,
      hint: 'mend the YAML',
    });
  }
  try {
    // Aliases may repeat a part, not multiply it without bound.
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new SigmaError('scenario/invalid', cause instanceof Error ? cause.message : String(cause), { where: file });
  }
}

function schemaError(error: z.ZodError, place: Place): SigmaError {
  const issue = error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  const key = path.map(String).join('.');
  const found = unknown === undefined ? issue.message : 'there is no such key';
  return new SigmaError('scenario/invalid', `${key === '' ? 'the file' : key}: ${found}`, { where: place(path) });
}

/** The specification was checked as a shape; whether its parts fit together is the generator's to say. */
function marketOf({ market }: ScenarioDocument, place: Place): ScenarioMarket {
  const { synthetic, data, symbols } = market;
  if (synthetic === undefined)
    return { kind: 'recorded', data: data ?? '', ...(symbols === undefined ? {} : { symbols }) };
  try {
    return { kind: 'synthetic', spec: parseSyntheticSpec(synthetic) };
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    throw invalid(cause, place(['market', 'synthetic', ...(cause.found.split(':')[0] ?? '').split('.')]));
  }
}

function casesOf({ strategies, terms = {} }: ScenarioDocument, place: Place): readonly ScenarioCase[] {
  return Object.entries(strategies).map(([name, given]) => ({
    name,
    strategy: given.strategy ?? name,
    params: given.params ?? {},
    terms: { ...terms, ...given.terms },
    expect: expectationsOf(name, given.expect, place),
    where: place(['strategies', name]),
  }));
}

function expectationsOf(
  name: string,
  expect: ScenarioDocument['strategies'][string]['expect'],
  place: Place,
): ScenarioCase['expect'] {
  const bands = Object.entries(expect).map(([figure, given]): [string, Band] => {
    const path = ['strategies', name, 'expect', figure];
    if (!figureNames.includes(figure)) {
      throw new SigmaError('scenario/invalid', `${path.join('.')}: there is no such figure`, {
        where: place(path),
        hint: didYouMean(figure, figureNames) || 'see sigma metrics list',
      });
    }
    const [low, high] = typeof given === 'number' ? [given, given] : given;
    const band: Band = [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
    if (band[0] > band[1]) {
      throw new SigmaError('scenario/invalid', `${path.join('.')}: ${band[0]} is above ${band[1]}`, {
        where: place(path),
        hint: 'a band is [lowest, highest]',
      });
    }
    return [figure, band];
  });
  return Object.fromEntries(bands);
}

/** What a target function decides, as a term: no statement, no call, nothing that could throw or be seen from outside. */

export type Arithmetic = '+' | '-' | '*' | '/';
export type Comparison = '<' | '<=' | '>' | '>=' | '===' | '!==' | '==' | '!=';
export type Joint = '&&' | '||';

/** Terms that several others use are one object. */
export type Term =
  /** A number, a text or a truth value as it was written. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'row'; readonly name: string }
  | { readonly kind: 'held' }
  | { readonly kind: 'unary'; readonly sign: '-' | '+' | '!'; readonly of: Term }
  | {
      readonly kind: 'binary';
      readonly sign: Arithmetic | Comparison | Joint;
      readonly a: Term;
      readonly b: Term;
    }
  | { readonly kind: 'choice'; readonly test: Term; readonly yes: Term; readonly no: Term };

/** What a term changes with: with nothing but the parameter set, with what is held, with the row. */
export type Level = 'set' | 'held' | 'row';

export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'unary':
      return [term.of];
    case 'binary':
      return [term.a, term.b];
    case 'choice':
      return [term.test, term.yes, term.no];
    default:
      return [];
  }
}

/** Names of what a term reads of its row. */
export function namesOf(term: Term, names = new Set<string>(), seen = new Set<Term>()): ReadonlySet<string> {
  if (seen.has(term)) return names;
  seen.add(term);
  if (term.kind === 'row') names.add(term.name);
  for (const part of partsOf(term)) namesOf(part, names, seen);
  return names;
}

/** Levels of terms; each is looked at once. */
export function createLevels(): (term: Term) => Level {
  const known = new Map<Term, Level>();
  const levelOf = (term: Term): Level => {
    const level = known.get(term) ?? find(term);
    known.set(term, level);
    return level;
  };
  const find = (term: Term): Level => {
    if (term.kind === 'row' || term.kind === 'held') return term.kind;
    const levels = partsOf(term).map(levelOf);
    return levels.includes('row') ? 'row' : levels.includes('held') ? 'held' : 'set';
  };
  return levelOf;
}

/** Longest text of a term. */
const MOST_TEXT = 2000;

/**
 * Texts of terms of parameters alone in the language they came from, with the parameters as `p`; undefined where one is too
 * long, as what is named once and meant often may be. Each is looked at once.
 */
export function createTexts(): (term: Term) => string | undefined {
  const known = new Map<Term, string | undefined>();
  const textOf = (term: Term): string | undefined => {
    if (!known.has(term)) known.set(term, write(term));
    return known.get(term);
  };
  const write = (term: Term): string | undefined => {
    const parts = partsOf(term).map(textOf);
    if (parts.includes(undefined)) return undefined;
    const text = joined(term, parts);
    return text.length > MOST_TEXT ? undefined : text;
  };
  return textOf;
}

function joined(term: Term, [a, b, c]: readonly (string | undefined)[]): string {
  switch (term.kind) {
    case 'literal':
      return term.text;
    case 'param':
      return `p.${term.name}`;
    case 'unary':
      return `(${term.sign} ${a})`;
    case 'binary':
      return `(${a} ${term.sign} ${b})`;
    case 'choice':
      return `(${a} ? ${b} : ${c})`;
    default:
      throw new Error(`a term of ${term.kind} is none of parameters`);
  }
}

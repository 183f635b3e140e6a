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

/** A term of parameters alone in the language it came from, with the parameters as `p`. */
export function textOf(term: Term): string {
  switch (term.kind) {
    case 'literal':
      return term.text;
    case 'param':
      return `p.${term.name}`;
    case 'unary':
      return `(${term.sign} ${textOf(term.of)})`;
    case 'binary':
      return `(${textOf(term.a)} ${term.sign} ${textOf(term.b)})`;
    case 'choice':
      return `(${textOf(term.test)} ? ${textOf(term.yes)} : ${textOf(term.no)})`;
    default:
      throw new Error(`a term of ${term.kind} is none of parameters`);
  }
}

/** The parameter sets of a space that stand for all others: its corners, and one for each artifact that any of them reads. */
import { SigmaError } from '../core/index.ts';
import { type Dimension, evenCodes, levelsOf, paramsAt, type SearchSpace } from '../optimize/index.ts';
import { artifactReferences, type ParamSpecs, type ParamValues, type Strategy } from '../strategy/index.ts';

type ParamSets = readonly ParamValues<ParamSpecs>[];

const MOST_CORNERS = 256;
const MOST_READERS = 100_000;

/** @throws SigmaError usage/bad-option when endlessly many sets could each read another artifact */
export function standingSets(strategy: Strategy, space: SearchSpace): ParamSets {
  const ends = space.dimensions.map((dimension) =>
    dimension.kind === 'list' ? dimension.values.map((_, k) => k) : [dimension.min, dimension.max],
  );
  const last = Float64Array.from(ends, (codes) => codes.at(-1)!);
  const corners = [...product(ends, MOST_CORNERS), last].map((corner) => paramsAt(space, corner));
  return strategy.artifacts === undefined ? corners : [...corners, ...readers(strategy, space)];
}

/** One set for each list of artifacts that the strategy reads anywhere in the space. */
function readers(strategy: Strategy, space: SearchSpace): ParamSets {
  let deciding: ReadonlySet<string> = new Set();
  // Which parameters decide shows when the references are asked for, and may itself depend on others.
  for (;;) {
    const seen = new Set(deciding);
    const codes = space.dimensions.map((dimension) =>
      deciding.has(dimension.name) ? allCodes(dimension) : evenCodes(dimension, 1),
    );
    const total = codes.reduce((size, of) => size * of.length, 1);
    if (total > MOST_READERS) throw endless([...deciding].join(' and '), `has ${total} combinations`);
    const sets = new Map<string, ParamValues<ParamSpecs>>();
    for (const point of product(codes, total)) {
      const params = paramsAt(space, point);
      sets.set(artifactReferences(strategy, watched(params, seen)).join('\n'), params);
    }
    const searched = new Set(space.dimensions.map(({ name }) => name).filter((name) => seen.has(name)));
    if (searched.size === deciding.size) return [...sets.values()];
    deciding = searched;
  }
}

/** Notes the names of the parameters that are looked at. */
function watched(params: ParamValues<ParamSpecs>, seen: Set<string>): ParamValues<ParamSpecs> {
  return new Proxy(params, {
    get: (target, name) => {
      seen.add(String(name));
      return Reflect.get(target, name);
    },
  });
}

function allCodes(dimension: Dimension): readonly number[] {
  const levels = levelsOf(dimension);
  if (levels === Number.POSITIVE_INFINITY) throw endless(dimension.name, 'varies without steps');
  return evenCodes(dimension, levels);
}

function endless(names: string, how: string): SigmaError {
  return new SigmaError('usage/bad-option', `${names} decides which artifact is read, and ${how}`, {
    where: '--space',
    hint: 'give it a list, or larger steps',
  });
}

/** The first `most` combinations of one code of each list, the first list fastest. */
function* product(lists: readonly (readonly number[])[], most: number): Iterable<Float64Array> {
  const total = Math.min(
    most,
    lists.reduce((size, codes) => size * codes.length, 1),
  );
  for (let place = 0; place < total; place++) {
    let rest = place;
    yield Float64Array.from(lists, (codes) => {
      const code = codes[rest % codes.length]!;
      rest = Math.floor(rest / codes.length);
      return code;
    });
  }
}

/** Parameter specifications: one source for defaults, command-line flags, search space and JSON Schema. */

export type NumberSpec = {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly log?: boolean;
  readonly description?: string;
};
export type IntegerSpec = {
  readonly type: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly log?: boolean;
  readonly description?: string;
};
export type BooleanSpec = { readonly type: 'boolean'; readonly default: boolean; readonly description?: string };
export type ChoiceSpec<T extends string = string> = {
  readonly type: 'choice';
  readonly default: T;
  readonly options: readonly T[];
  readonly description?: string;
};
/** Free text, such as a symbol. */
export type TextSpec = { readonly type: 'text'; readonly default: string; readonly description?: string };

export type ParamSpec = NumberSpec | IntegerSpec | BooleanSpec | ChoiceSpec | TextSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

export type ParamValue = number | boolean | string;
type ValueOf<S extends ParamSpec> = S extends NumberSpec | IntegerSpec
  ? number
  : S extends BooleanSpec
    ? boolean
    : S extends ChoiceSpec<infer T>
      ? T
      : string;
export type ParamValues<P extends ParamSpecs> = { readonly [K in keyof P]: ValueOf<P[K]> };

type Bounds = {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly log?: boolean;
  readonly description?: string;
};

export function number(spec: Bounds): NumberSpec {
  return { type: 'number', ...spec };
}

export function integer(spec: Bounds): IntegerSpec {
  return { type: 'integer', ...spec };
}

export function boolean(spec: { readonly default: boolean; readonly description?: string }): BooleanSpec {
  return { type: 'boolean', ...spec };
}

export function choice<const T extends string>(spec: {
  readonly default: T;
  readonly options: readonly T[];
  readonly description?: string;
}): ChoiceSpec<T> {
  return { type: 'choice', ...spec };
}

export function text(spec: { readonly default: string; readonly description?: string }): TextSpec {
  return { type: 'text', ...spec };
}

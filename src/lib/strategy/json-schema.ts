/** A strategy's parameters as JSON Schema, for forms, editors and checks in other languages. */
import { type Json, unreachable } from '../core/index.ts';
import type { ParamSpec } from './params.ts';
import type { Strategy } from './strategy.ts';

/** JSON Schema (draft 2020-12) of an object with every parameter optional and none beside them. */
export function paramsJsonSchema(strategy: Pick<Strategy, 'name' | 'params'>): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: strategy.name,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(strategy.params ?? {}).map(([name, spec]) => [name, schemaOf(spec)])),
  };
}

function schemaOf(spec: ParamSpec): Json {
  const described = spec.description === undefined ? {} : { description: spec.description };
  switch (spec.type) {
    case 'number':
    case 'integer':
      return { type: spec.type, default: spec.default, minimum: spec.min, maximum: spec.max, ...described };
    case 'boolean':
      return { type: 'boolean', default: spec.default, ...described };
    case 'choice':
      return { type: 'string', enum: spec.options, default: spec.default, ...described };
    case 'text':
      return { type: 'string', default: spec.default, ...described };
    default:
      return unreachable(spec);
  }
}

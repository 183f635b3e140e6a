/** What is wrong with a document, by its first key that is. */
import type { z } from 'zod';

export type SchemaFault = {
  /** Path of the key, parts joined by dots; empty for the document itself. */
  readonly key: string;
  readonly found: string;
  /** The name, where it is a key that there is not. */
  readonly unknown: string | undefined;
};

export function schemaFault({ issues }: z.ZodError): SchemaFault {
  const issue = issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return {
    key: (unknown === undefined ? issue.path : [...issue.path, unknown]).map(String).join('.'),
    found: unknown === undefined ? issue.message : 'there is no such key',
    unknown,
  };
}

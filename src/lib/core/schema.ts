/** Names of document schemas, `sigma.artifact/1`: what they are of, and the version that wrote them. */
import { SigmaError } from './error.ts';

/**
 * Refuses a document that is not of the schema.
 * @param where the file or artifact it was found in
 * @throws SigmaError data/newer-schema with both versions when it is of a later version, data/unreadable when it is anything else
 */
export function requireSchema(found: unknown, known: string, where: string): void {
  if (found === known) return;
  const [subject, version] = known.split('/');
  const [other, later] = typeof found === 'string' ? found.split('/') : [];
  if (other === subject && Number(later) > Number(version))
    throw new SigmaError('data/newer-schema', `it is written as ${String(found)}, and this version reads ${known}`, {
      where,
      hint: 'update sigma, or make it again with this version',
    });
  throw new SigmaError('data/unreadable', `its schema is ${JSON.stringify(found) ?? 'missing'}, not ${known}`, {
    where,
  });
}

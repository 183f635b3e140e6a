/** Postgres tables and queries to bars. */
import { SigmaError } from '../../core/index.ts';
import type { ReadSource } from '../read-bars.ts';
import type { ReadOptions } from '../read-options.ts';

export async function readPostgres(url: string, _options: ReadOptions): Promise<ReadSource> {
  throw new SigmaError('service/unreachable', 'not yet', { where: new URL(url).host });
}

/** A block store by its address: a directory, or `s3://bucket/prefix?endpoint=…&region=…`. */
import { resolve } from 'node:path';
import { SigmaError } from '../core/index.ts';
import type { BlockStore } from './block-store.ts';
import { directoryBlocks } from './directory-blocks.ts';

/**
 * @param environment where the credentials of an S3 store are (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL)
 * @throws SigmaError usage/bad-option for an address that names no store, or without credentials
 */
export async function openBlocks(
  address: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<BlockStore> {
  if (!/^[a-z0-9+]+:\/\//i.test(address)) return directoryBlocks(resolve(address));
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 's3:' || url.hostname === '')
    throw new SigmaError('usage/bad-option', `'${address}' names no block store`, {
      where: '--blocks',
      hint: 'give a shared directory, or s3://bucket/prefix',
    });
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new SigmaError('usage/bad-option', 'an S3 store needs credentials', {
      where: '--blocks',
      hint: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
    });
  const region = url.searchParams.get('region') ?? environment['AWS_REGION'] ?? 'us-east-1';
  const endpoint =
    url.searchParams.get('endpoint') ?? environment['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`;
  const prefix = url.pathname.replace(/^\/+/, '').replace(/\/*$/, '/').replace(/^\/$/, '');
  const { s3Blocks } = await import('./s3-blocks.ts');
  return s3Blocks({
    endpoint: endpoint.replace(/\/+$/, ''),
    bucket: url.hostname,
    prefix,
    region,
    accessKeyId,
    secretAccessKey,
  });
}

/** Blocks in a bucket of any S3-compatible store. Credentials come from the environment alone. */
import { AwsClient } from 'aws4fetch';
import { SigmaError, sha256 } from '../core/index.ts';
import type { BlockStore } from './block-store.ts';
import { checkedBlock, missingBlock } from './checked-block.ts';

export type S3Options = {
  /** For example `https://s3.eu-central-1.amazonaws.com` or `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Put before every name; empty or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Refusals that another try may turn are tried again by the client, with growing pauses. */
const RETRIES = 5;

export function s3Blocks(options: S3Options): BlockStore {
  const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  const name = `s3://${bucket}/${prefix}`;
  const ask = async (method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', hash: string, body?: Uint8Array): Promise<Response> => {
    const address = `${endpoint}/${bucket}/${prefix}${hash}`;
    const answer = await client
      .fetch(address, { method, ...(body === undefined ? {} : { body: new Uint8Array(body) }) })
      .catch((cause: unknown) => {
        throw new SigmaError('service/unreachable', 'the object store does not answer', { where: endpoint, cause });
      });
    if (answer.ok || answer.status === 404) return answer;
    throw new SigmaError('service/refused', `the object store answered ${answer.status} to ${method}`, {
      where: name,
      hint: 'check bucket, region and the credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    });
  };
  return {
    name,
    put: async (bytes) => {
      const hash = sha256(bytes);
      if ((await ask('HEAD', hash)).status !== 404) return hash;
      const answer = await ask('PUT', hash, bytes);
      if (answer.ok) return hash;
      throw new SigmaError('service/refused', 'the object store has no such bucket', { where: name });
    },
    get: async (hash) => {
      const answer = await ask('GET', hash);
      if (!answer.ok) throw missingBlock(hash, name);
      return checkedBlock(new Uint8Array(await answer.arrayBuffer()), hash, name);
    },
    remove: async (hash) => {
      await ask('DELETE', hash);
    },
  };
}

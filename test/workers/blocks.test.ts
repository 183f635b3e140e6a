/** Contract of every block store: what was put comes back by its hash, what was spoiled does not. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/core/index.ts';
import { type BlockStore, cachedBlocks, directoryBlocks, openBlocks } from '../../src/lib/workers/index.ts';

const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret-word' };
const objects = new Map<string, Buffer>();
let folder = '';
let server: Server;
let endpoint = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-blocks-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(request, Buffer.concat(chunks));
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A bucket that checks each signature by the published steps of AWS Signature Version 4. */
function answer(request: IncomingMessage, body: Buffer): { status: number; body?: Buffer } {
  if (!signed(request, body)) return { status: 403 };
  const path = request.url ?? '';
  if (!path.startsWith('/bucket/')) return { status: 404 };
  switch (request.method) {
    case 'PUT':
      objects.set(path, body);
      return { status: 200 };
    case 'DELETE':
      objects.delete(path);
      return { status: 204 };
    default: {
      const found = objects.get(path);
      if (found === undefined) return { status: 404 };
      return request.method === 'HEAD' ? { status: 200 } : { status: 200, body: found };
    }
  }
}

function signed(request: IncomingMessage, body: Buffer): boolean {
  const { authorization = '' } = request.headers;
  const [, scope = '', names = '', signature = ''] =
    /Credential=key\/([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)/.exec(authorization) ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const payload = request.headers['x-amz-content-sha256'];
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return false;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, path, query, headers.join(''), names, payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const keyed = (key: string | Buffer, value: string): Buffer => createHmac('sha256', key).update(value).digest();
  const key = keyed(keyed(keyed(keyed('AWS4secret-word', day), region), service), 'aws4_request');
  return keyed(key, text).toString('hex') === signature;
}

const address = (): string => `s3://bucket/some/prefix?endpoint=${encodeURIComponent(endpoint)}&region=eu-test-1`;

const stores: Readonly<Record<string, () => Promise<BlockStore>>> = {
  'a directory': async () => directoryBlocks(join(folder, 'plain')),
  'a directory by its path': () => openBlocks(join(folder, 'named')),
  'a store behind a cache': async () =>
    cachedBlocks(directoryBlocks(join(folder, 'far')), directoryBlocks(join(folder, 'near'))),
  'a bucket': () => openBlocks(address(), credentials),
};

for (const [name, open] of Object.entries(stores)) {
  describe(name, () => {
    it('gives back what was put, by the hash of its bytes', async () => {
      const store = await open();
      for (const bytes of [Buffer.alloc(0), Buffer.from('bars'), Buffer.alloc(300_000, 7)]) {
        const hash = await store.put(bytes);
        expect(hash).toBe(sha256(bytes));
        expect(await store.put(bytes)).toBe(hash);
        expect(Buffer.from(await store.get(hash)).equals(bytes)).toBe(true);
      }
    });

    it('says that a block is missing, and forgets one that is removed', async () => {
      const store = await open();
      const hash = await store.put(Buffer.from('soon gone'));
      await store.remove(hash);
      await store.remove(hash);
      await expect(store.get(hash)).rejects.toMatchObject({ code: 'store/missing-block' });
    });
  });
}

describe('spoiled and refused blocks', () => {
  it('are noticed by their hash', async () => {
    const store = directoryBlocks(join(folder, 'spoiled'));
    const hash = await store.put(Buffer.from('right'));
    writeFileSync(join(folder, 'spoiled', hash.slice(0, 2), hash), 'wrong');
    await expect(store.get(hash)).rejects.toMatchObject({ code: 'store/corrupt' });
  });

  it('are fetched again when only the cache is spoiled, and once only when it is not', async () => {
    const far = directoryBlocks(join(folder, 'origin'));
    const near = join(folder, 'cache');
    const store = cachedBlocks(far, directoryBlocks(near));
    const hash = await far.put(Buffer.from('travels'));
    await store.get(hash);
    writeFileSync(join(near, hash.slice(0, 2), hash), 'torn');
    expect(Buffer.from(await store.get(hash)).toString()).toBe('travels');
    await far.remove(hash);
    expect(Buffer.from(await store.get(hash)).toString()).toBe('travels');
  });

  it('leave no temporary file behind', async () => {
    const store = directoryBlocks(join(folder, 'tidy'));
    const hash = await store.put(Buffer.from('tidy'));
    expect(readdirSync(join(folder, 'tidy', hash.slice(0, 2)))).toEqual([hash]);
  });

  it('tell a wrong key, a missing bucket and a silent server apart', async () => {
    const wrong = await openBlocks(address(), { ...credentials, AWS_SECRET_ACCESS_KEY: 'other' });
    await expect(wrong.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'service/refused' });
    const elsewhere = await openBlocks(`s3://nowhere?endpoint=${encodeURIComponent(endpoint)}`, credentials);
    await expect(elsewhere.put(Buffer.from('x'))).rejects.toThrow('no such bucket');
    const silent = await openBlocks('s3://bucket?endpoint=http://127.0.0.1:9', credentials);
    await expect(silent.get('0'.repeat(64))).rejects.toMatchObject({ code: 'service/unreachable' });
  });

  it('need an address that names a store, and credentials from the environment', async () => {
    await expect(openBlocks('ftp://somewhere/x', {})).rejects.toMatchObject({ code: 'usage/bad-option' });
    await expect(openBlocks('s3://bucket/x', {})).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});

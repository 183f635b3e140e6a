/** The journal of a run as a file: every value comes back as it was, and so does the reason why a run ended. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogMarkets } from '../../src/lib/runs/catalog-markets.ts';
import { type Run, type RunContext, replayFile, runStrategy, strategySource } from '../../src/lib/runs/index.ts';
import { panel } from '../market.ts';

let folder = '';
let journal = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-journal-'));
  journal = join(folder, 'session.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function journalled(body: string, context: Partial<RunContext> = {}): Promise<Run> {
  const path = join(folder, 'mine.ts');
  await writeFile(
    path,
    `import { defineStrategy, text } from 'sigma-quant';\nexport default defineStrategy({ ${body} });\n`,
  );
  const source = await strategySource(path);
  return runStrategy(
    source,
    { data: panel(['A', 'B'], 60, 3) },
    { markets: catalogMarkets(), ledger: undefined, journal, ...context },
  );
}

/** Sells at limits, which costs no slippage: that of a sale is then a zero below zero. */
const seller = `
  name: 'seller',
  params: { until: text({ default: 'never' }), also: text({ default: '=never' }) },
  onBar: (ctx) => {
    if (ctx.params.until !== 'never' || ctx.params.also !== '=never') throw new Error('another parameter');
    if (ctx.position().quantity > -3) ctx.submit({ kind: 'limit', side: 'sell', quantity: 1, price: ctx.bar.close * 1.001 });
  },`;

describe('a journal', () => {
  it('keeps the sign of a zero, and text that looks like the end of an order without one', async () => {
    const run = await journalled(seller);
    const slippage = run.result.fills.map((fill) => fill.slippage);
    expect(slippage.some((value) => Object.is(value, -0))).toBe(true);
    const { equal, result, params } = await replayFile(journal);
    expect(result.fills.map((fill) => fill.slippage)).toEqual(slippage);
    expect(params).toEqual({ until: 'never', also: '=never' });
    expect(equal).toBe(true);
  });

  it('says that its run was interrupted', async () => {
    const run = await journalled(`name: 'holder', target: () => 1`, { signal: AbortSignal.abort() });
    expect([run.decision.status, run.result.ended, run.result.instants]).toEqual(['partial', 'interrupted', 1]);
    const { equal, result } = await replayFile(journal);
    expect([equal, result.ended, result.instants]).toEqual([true, 'interrupted', 1]);
  });
});

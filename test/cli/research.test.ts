/** The research as a user meets it: what is asked for wrongly is named with its place, and nothing is left half done. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inFolder } from './sigma.ts';

const market = ['experiment', 'market', 'planted', '--instruments', '2', '--days', '6'] as const;

describe('sigma experiment market', () => {
  it('writes data set, specification and events, and replaces all of them or none', async () => {
    await inFolder({ 'planted.events.csv': 'of somebody else\n' }, async (here) => {
      const before = here.tree();
      const refused = await here.sigma(market);
      expect(refused.stderr).toContain('planted.events.csv: something of that name is there already');
      expect([refused.code, here.tree()]).toEqual([3, before]);

      rmSync(here.path('planted.events.csv'));
      expect((await here.sigma(market)).code).toBe(0);
      const made = here.tree();
      expect(Object.keys(made)).toEqual(
        expect.arrayContaining(['planted.events.csv', 'planted.features.json', 'datasets/planted/bars.parquet']),
      );
      expect((await here.sigma(market)).code).toBe(3);
      expect(here.tree()).toEqual(made);

      const replaced = await here.sigma([...market, '--replace', '--seed', '2']);
      expect(replaced.code).toBe(0);
      for (const file of ['planted.events.csv', 'datasets/planted/bars.parquet'])
        expect(here.tree()[file]).not.toBe(made[file]);
    });
  });

  it('leaves no files without their data set', async () => {
    await inFolder({}, async (here) => {
      writeFileSync(here.path('datasets'), 'no folder');
      const before = here.tree();
      const full = await here.sigma(market);
      expect(full.stderr).toContain('could not be written');
      expect([full.code, here.tree()]).toEqual([5, before]);
      rmSync(here.path('datasets'));
      mkdirSync(here.path('planted.events.csv'));
      const inTheWay = await here.sigma([...market, '--replace']);
      expect([inTheWay.code, here.tree()]).toEqual([3, {}]);
      for (const name of ['../planted', 'a b'])
        expect([(await here.sigma(['experiment', 'market', name])).code, here.tree()]).toEqual([2, {}]);
    });
  });
});

describe('a planted market', () => {
  it('keeps the sessions it names: nothing is missing between its days, and specifications begin with them', async () => {
    await inFolder({}, async (here) => {
      await here.sigma(market);
      expect((await here.sigma(['data', 'check', 'planted', '--min-score', '100'])).code).toBe(0);
      await here.sigma(['features', 'new', 'mine', '--data', 'planted']);
      expect(JSON.parse(readFileSync(here.path('mine.features.json'), 'utf8')).session).toMatchObject({ slots: 390 });
    });
  });
});

describe('sigma features new', () => {
  it('lets windows reach into the next session where a session has no room for one', async () => {
    await inFolder({}, async (here) => {
      expect((await here.sigma(['features', 'new', 'hourly', '--data', 'synthetic-crypto'])).code).toBe(0);
      const { session } = JSON.parse(readFileSync(here.path('hourly.features.json'), 'utf8'));
      expect(session).toEqual({ calendar: '24/7', slots: 24, skip: 0, window: 'continuous' });
    });
  });
});

const ticks = {
  schema: 'sigma.features/1',
  name: 'ticks',
  source: 'ticks',
  timeframe: '15s',
  session: { slots: 100 },
  channels: ['return', 'delay'],
};

describe('sigma features check', () => {
  it('knows the columns of windows of ticks', async () => {
    await inFolder({ 't.features.json': JSON.stringify(ticks) }, async (here) => {
      const { code, stdout } = await here.sigma(['features', 'check', 't.features.json']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^delay +delay of ticks$/m);
    });
  });

  it('knows the calendars there are', async () => {
    const spec = { ...ticks, session: { calendar: 'nyze', slots: 100 } };
    await inFolder({ 'c.features.json': JSON.stringify(spec) }, async (here) => {
      const { code, stderr } = await here.sigma(['features', 'check', 'c.features.json']);
      expect(code).toBe(2);
      expect(stderr).toContain("c.features.json: session.calendar: there is no calendar 'nyze'; did you mean nyse?");
    });
  });
});

describe('sigma dataset build', () => {
  it('says of a specification of ticks that commands read bars', async () => {
    await inFolder({ 't.features.json': JSON.stringify(ticks) }, async (here) => {
      const { code, stderr } = await here.sigma([
        'dataset',
        'build',
        '--features',
        't.features.json',
        '--data',
        'us-bars',
      ]);
      expect(code).toBe(2);
      expect(stderr).toContain('ticks: source: the specification reads ticks, and commands read bars');
    });
  });
});

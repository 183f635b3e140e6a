/** From bars to a precursor, step by step through the registry. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoveryText, validationText } from '../../src/cli/render/research.ts';
import { SigmaError } from '../../src/lib/core/index.ts';
import {
  buildDataset,
  type DatasetRequest,
  datasetDefaults,
  dayRange,
  demote,
  makeDiscovery,
  makePrecursor,
  makeValidation,
  measureDrift,
  openPrecursor,
  parseCondition,
  parseMove,
  readEvents,
  readFeatureSpec,
  requireAlias,
  researchRebuilders,
  validationDefaults,
  writeFeatureSpec,
} from '../../src/lib/lab/index.ts';
import { tableOf, textsOf } from '../../src/lib/lab/tables.ts';
import { fileArtifactStore, reproduceArtifact, resolveArtifact } from '../../src/lib/registry/index.ts';
import { renderDriftHtml } from '../../src/lib/report/index.ts';
import { type PlantedLab, plantedLab } from './planted.ts';

const terms = { minCluster: 8, minSamples: 4, selection: 'leaf' } as const;
const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

let lab: PlantedLab;
let request: DatasetRequest;
beforeAll(async () => {
  lab = await plantedLab();
  const { features, events } = lab.planted;
  request = {
    name: 'planted',
    features,
    data: { data: 'planted', range: everything },
    terms: { ...datasetDefaults, rule: { kind: 'given', name: 'events.csv' } },
    given: events,
  };
});
afterAll(() => lab.remove());

const failure = async (work: Promise<unknown>): Promise<SigmaError> => {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof SigmaError) return error;
  throw new Error(`it did not fail: ${String(error)}`);
};

describe('the path from bars to a precursor', () => {
  it('leaves an artifact at each step that is made again byte for byte, and finds what was planted', async () => {
    const { context } = lab;
    const dataset = await buildDataset(request, context);
    expect(dataset.reference).toBe('planted@dataset');
    const { events } = dataset.summary;
    expect(events.discovery + events.validation + events.purged).toBe(lab.planted.events.length);

    const discovery = await makeDiscovery({ dataset: 'planted', terms }, context);
    expect(discovery.summary.clusters.length).toBeGreaterThan(2);

    const validation = await makeValidation({ discovery: 'planted', terms: validationDefaults }, context);
    expect(validation.validation.survivors.length).toBeGreaterThan(0);
    expect(validation.everTested).toBe(discovery.summary.clusters.length);
    // Why each of the others is not believed can be told on a narrow terminal.
    const verdicts = validationText(validation, 80)
      .split('\n')
      .filter((line) => /^ +\d/.test(line));
    expect(verdicts.length).toBe(discovery.summary.clusters.length);
    for (const line of verdicts) expect(line).toMatch(/ (survives|no: (support|lift|disc|sign).*)$/);

    const made = await makePrecursor(
      { validation: 'planted', terms: { name: 'planted', perDay: 5, seed: 1 } },
      context,
    );
    expect((await openPrecursor('planted@candidate', context)).precursor).toEqual(made.precursor);
    expect(made.precursor.precursors.map(({ cluster }) => cluster)).toEqual(validation.validation.survivors);

    // Saying what would have been taken anyway makes nothing else.
    expect((await makePrecursor({ validation: 'planted', terms: { perDay: 5, seed: 1 } }, context)).hash).toBe(
      made.hash,
    );

    const rebuilders = researchRebuilders(context.markets);
    for (const { hash } of [dataset, discovery, validation, made])
      expect(await reproduceArtifact(context.store, hash, rebuilders)).toMatchObject({ rebuilt: hash, equal: true });
    expect((await context.store.list()).length).toBe(4);
    const bare = await makePrecursor({ validation: 'planted', terms: { name: 'bare', seed: 1 } }, context);
    expect(bare.precursor.budget.perDay).toBe(validationDefaults.perDay);
    expect((await makeDiscovery({ dataset: 'planted', terms }, context)).outcome).toBe('same');
  });

  it('counts every cluster that was ever tested on the data', async () => {
    const { context } = lab;
    const before = await makeValidation({ discovery: 'planted', terms: validationDefaults }, context);
    const finer = await makeDiscovery({ dataset: 'planted', terms: { ...terms, minCluster: 6 } }, context);
    const after = await makeValidation({ discovery: finer.hash, terms: validationDefaults }, context);
    expect(after.everTested).toBe(before.everTested! + finer.summary.clusters.length);
    // Other terms are another test of each cluster, as is another draw of the permutations; the same ones are not.
    for (const [tried, terms] of [{ minLift: 1.2 }, { seed: 2 }, { seed: 2 }].entries()) {
      const again = await makeValidation(
        { discovery: finer.hash, terms: { ...validationDefaults, ...terms } },
        context,
      );
      expect(again.everTested).toBe(after.everTested! + Math.min(tried + 1, 2) * finer.summary.clusters.length);
    }
    // Nor do the same clusters pass for tested already where the events are others.
    const rules = [parseMove('down:6:30'), parseMove('down:7:30'), parseMove('down:7:30')];
    const clusters = (await makeDiscovery({ dataset: 'planted', terms }, context)).summary.clusters.length;
    const counts: number[] = [];
    for (const [k, rule] of rules.entries()) {
      const { given: _, ...plain } = request;
      await buildDataset({ ...plain, name: `moves${k}`, terms: { ...datasetDefaults, rule } }, context);
      await makeDiscovery({ dataset: `moves${k}`, terms }, context);
      const { everTested } = await makeValidation({ discovery: `moves${k}`, terms: validationDefaults }, context);
      counts.push(everTested!);
    }
    const others = after.everTested! + 2 * finer.summary.clusters.length;
    expect(counts).toEqual([others + clusters, others + 2 * clusters, others + 2 * clusters]);
  });

  it('measures drift on days that it names, against the promise', async () => {
    const { context, planted } = lab;
    const { artifact } = await openPrecursor('planted', context);
    const { from, to } = artifact.manifest.splits['validation']!;
    const driftOf = (given: typeof planted.events) =>
      measureDrift({ precursor: 'planted@candidate', days: dayRange({ from, to }), given }, context);
    const { report, counts } = await driftOf(planted.events);
    expect(counts.detections).toBeGreaterThan(0);
    expect(report.inputs.map(({ channel }) => channel)).toEqual(planted.features.channels.map(({ name }) => name));
    expect([report.demote, report.alarms]).toEqual([false, []]);
    const broken = (await driftOf([])).report;
    expect(broken.demote).toBe(true);
    expect(broken.alarms[0]).toMatchObject({ successes: 0 });
    expect(broken.alarms[0]!.p).toBeLessThan(0.05);
  });

  it('measures drift on the days that the data has of an open range, and on no others', async () => {
    const { context, planted } = lab;
    const { artifact } = await openPrecursor('planted', context);
    const { from } = artifact.manifest.splits['validation']!;
    const driftFrom = (day: string) =>
      measureDrift({ precursor: 'planted', days: dayRange({ from: day }), given: planted.events }, context);
    const { from: first } = dayRange({ from });
    const drift = await driftFrom(from);
    expect(drift.report.days.from).toBe(first);
    expect(drift.report.days.to).toBeLessThan(first + 60);
    expect(renderDriftHtml(drift)).toContain(from);
    expect(await failure(driftFrom('2030-01-01'))).toMatchObject({
      code: 'usage/empty-range',
      hint: expect.stringContaining('2024-04-01'),
    });
  });
});

describe('a precursor that drifted', () => {
  it('is rolled back while its alias stands at it, and what was promoted meanwhile stays', async () => {
    const { store } = lab.context;
    const { hash } = (await openPrecursor('planted@candidate', lab.context)).artifact;
    const sound = await store.load(hash);
    const other = async (seed: number) => {
      const { content, schema: _schema, ...description } = sound.manifest;
      const files = await Promise.all(
        Object.keys(content).map(async (file) => [file, await sound.file(file)] as const),
      );
      return store.save({
        description: { ...description, seed },
        content: Object.fromEntries(files),
        source: 'a test',
      });
    };
    const [older, newer] = [await other(101), await other(102)];
    const promote = (to: string) => store.move({ hash: to, alias: 'live', action: 'promote', note: '' });
    await promote(older.hash);
    await promote(hash);
    await promote(newer.hash);
    const { code } = await failure(demote({ hash }, 'planted@live', store));
    expect([code, await resolveArtifact(store, 'planted@live')]).toEqual(['store/moved', newer.hash]);
    expect(await demote({ hash: newer.hash }, 'planted@live', store)).toMatchObject({ from: newer.hash, to: hash });
    await requireAlias(store, 'planted@live');
    expect((await failure(requireAlias(store, hash))).hint).toContain('name@alias');
  });
});

describe('a data set', () => {
  /** Markets that know the planted one by other names, and what they were asked for. */
  const elsewhere = (...names: readonly string[]) => {
    const asked: string[] = [];
    const { markets } = lab.context;
    return {
      asked,
      context: {
        ...lab.context,
        store: fileArtifactStore(join(lab.folder, 'elsewhere')),
        markets: {
          open: (name: string) => {
            asked.push(name);
            return markets.open(names.includes(name) ? 'planted' : name);
          },
        },
      },
    };
  };
  const secret = 'postgres://ann:hunter2@db.example/market?table=bars';
  const address = 'postgres://ann@db.example/market?table=bars';

  it('keeps where its bars and events lie outside its hash, and no password anywhere', async () => {
    const { asked, context } = elsewhere(secret, address, '/home/ann/bars');
    const from = (data: string, events: string) =>
      buildDataset(
        {
          ...request,
          data: { ...request.data, data },
          given: lab.planted.events.map((event, i) => ({ ...event, where: `${events}:${i + 2}` })),
        },
        context,
      );
    const first = await from(secret, '/home/ann/events.csv');
    const held = readdirSync(join(lab.folder, 'elsewhere'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(lab.folder, 'elsewhere', name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'latin1'))
      .join('\n');
    expect(held).not.toContain('hunter2');
    expect(held).not.toContain('/home/ann');
    const artifact = await context.store.load(first.hash);
    expect(JSON.stringify(artifact.manifest)).not.toContain('db.example');
    expect(artifact.meta.locations).toEqual({ planted: address });
    expect(textsOf(await tableOf(await artifact.file('given.parquet')), 'where').slice(0, 1)).toEqual(['events.csv:2']);

    asked.length = 0;
    await makeDiscovery({ dataset: first.hash, terms }, context);
    expect(asked).toEqual([address]);
    expect((await reproduceArtifact(context.store, first.hash, researchRebuilders(context.markets))).equal).toBe(true);

    expect(await from('/home/ann/bars', '/srv/events.csv')).toMatchObject({ hash: first.hash, outcome: 'same' });
    expect((await context.store.load(first.hash)).meta.locations).toEqual({ planted: '/home/ann/bars' });
  });

  it('whose bars are gone says how they come back', async () => {
    const { context } = elsewhere('/home/ann/bars');
    await buildDataset({ ...request, data: { ...request.data, data: '/home/ann/bars' } }, context);
    const { message } = await failure(
      makeDiscovery({ dataset: 'planted', terms }, { ...context, markets: lab.context.markets }),
    );
    expect(message).toMatch(
      /^planted [0-9a-f]{12}: no data set or file '\/home\/ann\/bars'.*sigma data import FILE --name planted/,
    );
  });
});

/** Nothing is read for what is refused before. */
const noMarkets = { open: (name: string) => Promise.reject(new Error(`${name} was read`)) };

describe('what cannot be researched', () => {
  it('is refused with its place', async () => {
    const { context } = lab;
    const wrong = { ...request, data: { ...request.data, symbols: ['PLANT99'] } };
    expect((await failure(buildDataset(wrong, context))).code).toBe('usage/unknown-instrument');
    const late = {
      ...request,
      data: { data: 'planted', range: { from: Date.UTC(2090, 0), to: Number.POSITIVE_INFINITY } },
    };
    expect((await failure(buildDataset(late, context))).code).toBe('usage/empty-range');
    const daily = {
      ...request,
      features: { ...request.features, session: { ...request.features.session, calendar: 'moon' } },
    };
    expect((await failure(buildDataset(daily, context))).hint).toContain('nyse');
    expect((await failure(makeDiscovery({ dataset: 'nothing', terms }, context))).code).toBe('usage/unknown-artifact');
    const unnamed = await failure(buildDataset({ ...request, name: 'bad name' }, { ...context, markets: noMarkets }));
    expect([unnamed.code, unnamed.where]).toEqual(['usage/bad-artifact', '--name']);
    const outside = { ...request.features, session: { ...request.features.session, slots: 5, skip: 4 } };
    expect((await failure(buildDataset({ ...request, features: outside }, context))).where).toBe('planted: session');
    await buildDataset({ ...request, name: 'fresh' }, context);
    expect((await failure(makeValidation({ discovery: 'fresh', terms: validationDefaults }, context))).message).toBe(
      'fresh: there is no discovery of that name yet; sigma discover makes one',
    );
    expect((await failure(makeDiscovery({ dataset: 'planted@candidate', terms }, context))).hint).toBe(
      'sigma dataset build makes one',
    );
    expect((await failure(measureDrift({ precursor: 'planted' }, context))).hint).toContain('--events');
  });

  it('includes a validation that nothing survived', async () => {
    const { context } = lab;
    const none = await makeValidation(
      { discovery: 'planted', terms: { ...validationDefaults, minLift: 1000 } },
      context,
    );
    const { code, where, hint } = await failure(
      makePrecursor({ validation: none.hash, terms: { name: 'none', perDay: 5, seed: 1 } }, context),
    );
    expect([code, where, hint]).toEqual(['research/no-survivor', 'none', expect.stringContaining('sigma report')]);
  });
});

describe('a market in which nothing stands out', () => {
  it('has no clusters and no survivors, which are results', async () => {
    const { context } = lab;
    const { features } = request;
    // A peak must be above the 64 rows after it, and the window leaves the session hardly more.
    const quiet = { ...features, windowRows: 64, peaks: { quantile: 0.9999, before: 8, after: 64 } };
    await buildDataset({ ...request, name: 'quiet', features: quiet }, context);
    const { hash, summary } = await makeDiscovery({ dataset: 'quiet', terms }, context);
    expect([summary.candidates, summary.clusters]).toEqual([0, []]);
    expect(discoveryText({ hash, summary, outcome: 'new', reference: 'quiet@discovery', synthetic: true }, 80)).toMatch(
      /candidates +0\n/,
    );
    const { validation } = await makeValidation({ discovery: 'quiet', terms: validationDefaults }, context);
    expect([validation.tested, validation.survivors]).toEqual([0, []]);
    expect((await reproduceArtifact(context.store, hash, researchRebuilders(context.markets))).equal).toBe(true);
  });
});

describe('the rules of events', () => {
  it('are moves, conditions or moments of a file', async () => {
    const { context } = lab;
    expect(parseMove('up:3:30')).toEqual({ kind: 'move', direction: 'up', beyond: 3, withinRows: 30 });
    for (const text of ['up', 'sideways:3:30', 'up:-1:30', 'up:3:2.5', 'up:3:30:1'])
      expect(() => parseMove(text)).toThrow('is no move');
    const { given: _, ...open } = request;
    const moves = await buildDataset(
      { ...open, name: 'moves', terms: { ...datasetDefaults, rule: parseMove('down:5:30') } },
      context,
    );
    expect(moves.summary.events.discovery).toBeGreaterThan(0);
    const condition = parseCondition('roc(close, 5) > 0.001');
    for (const [text, found] of [
      ['roc(close', /--when: column 10: the expression ends/],
      ['lead(close, 1) > 0', /--when: column 1: there is no function 'lead'/],
    ] as const) {
      expect(() => parseCondition(text)).toThrow(found);
      const rule = { kind: 'condition', expression: text } as const;
      const wrong = await failure(buildDataset({ ...open, terms: { ...datasetDefaults, rule } }, context));
      expect([wrong.code, wrong.where]).toEqual(['usage/bad-option', expect.stringContaining('rule.expression')]);
    }
    for (const [rule, way] of [
      [parseMove('up:6000:30'), '--move up:4000:30'],
      [parseCondition('close < 0'), '--when'],
    ] as const) {
      const few = await failure(buildDataset({ ...open, terms: { ...datasetDefaults, rule } }, context));
      expect([few.code, few.hint]).toEqual(['research/too-few-events', expect.stringContaining(way)]);
    }
    const jumps = await buildDataset(
      { ...open, name: 'jumps', terms: { ...datasetDefaults, rule: condition } },
      context,
    );
    expect(jumps.summary.events.discovery).toBeGreaterThan(0);
    for (const { hash } of [moves, jumps])
      expect((await reproduceArtifact(context.store, hash, researchRebuilders(context.markets))).equal).toBe(true);
  });

  it('name the row of a file that cannot be read', async () => {
    const write = (name: string, text: string): string => {
      const path = join(lab.folder, name);
      writeFileSync(path, text);
      return path;
    };
    const good = write('good.csv', 'time,symbol\n2024-04-02T14:30:00Z,PLANT01\n');
    expect(await readEvents(good)).toEqual([
      { symbol: 'PLANT01', time: Date.UTC(2024, 3, 2, 14, 30), where: `${good}:2` },
    ]);
    expect((await failure(readEvents(write('no-time.csv', 'symbol\nPLANT01\n')))).message).toContain(
      "no column 'time'",
    );
    const bad = await failure(readEvents(write('bad.csv', 'symbol,time\nPLANT01,yesterday\n')));
    expect([bad.code, bad.message]).toEqual([
      'data/bad-time',
      expect.stringMatching(/bad\.csv:2: 'yesterday' is no time; write ISO 8601/),
    ]);
    const given = (symbol: string, time: number) =>
      failure(buildDataset({ ...request, given: [{ symbol, time, where: 'e.csv:2' }] }, lab.context));
    // Seconds that were meant to be milliseconds.
    expect((await given('PLANT01', 1_712_068_200)).message).toMatch(
      /^e\.csv:2: PLANT01 has no row at 1970.*; it has rows from 2024-04-0.* epoch milliseconds/,
    );
    expect((await given('XYZ', 0)).hint).toContain('there are PLANT01');
    expect((await failure(readEvents(write('empty.csv', 'symbol,time\n')))).message).toContain(
      'there is no event in it',
    );
  });
});

describe('files of specifications', () => {
  it('are written whole and read back, or refused with file and key', async () => {
    const path = join(lab.folder, 'p.features.json');
    await writeFeatureSpec(path, lab.planted.features);
    expect(await readFeatureSpec(path)).toEqual(lab.planted.features);
    expect((await failure(writeFeatureSpec(path, lab.planted.features))).code).toBe('data/exists');
    expect((await failure(readFeatureSpec(join(lab.folder, 'none.json')))).code).toBe('data/not-found');
    writeFileSync(path, '{');
    expect((await failure(readFeatureSpec(path))).message).toContain('it is no JSON');
    writeFileSync(path, JSON.stringify({ ...lab.planted.features, windowRow: 3 }));
    expect((await failure(readFeatureSpec(path))).where).toBe(`${path}: windowRow`);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import {
  choice,
  defineStrategy,
  integer,
  number,
  optimize,
  renderStudyHtml,
  renderStudyTerminal,
  roc,
  type Study,
} from '../../src/lib/index.ts';
import { binsOf } from '../../src/lib/report/study/study-trials.ts';
import { panel } from '../market.ts';

const strategy = defineStrategy({
  name: 'trend <b>',
  params: {
    lookback: integer({ default: 20, min: 2, max: 60 }),
    threshold: number({ default: 0.01, min: 0, max: 0.1 }),
    side: choice({ default: 'long', options: ['long', 'both'] }),
  },
  signals: ({ close }, p) => ({ rise: roc(close, p.lookback) }),
  target: (row, p) => (row.rise > p.threshold ? 1 : p.side === 'both' ? -1 : 0),
});

let study: Study;
beforeAll(async () => {
  study = await optimize(strategy, {
    data: panel(['A', 'B'], 600, 5),
    trials: 60,
    holdout: 0.2,
    walkForward: { windows: 3, ratio: 2, anchored: true, embargo: 0 },
    cpcv: { groups: 5, tested: 2, embargo: 2 },
    pareto: 'sharpe,maxDrawdown',
    where: ['lookback>4'],
  });
});

describe('the page of a study', () => {
  it('has every section, every picture, and text made safe', async () => {
    const html = renderStudyHtml(study.view, await study.charts());
    for (const id of ['verdict', 'growth', 'best', 'space', 'distribution', 'forward', 'cpcv', 'pareto', 'settings'])
      expect(html).toContain(`<section id="${id}"`);
    expect(html.match(/<svg /g)?.length).toBeGreaterThanOrEqual(6);
    expect(html).not.toMatch(/NaN|undefined|trend <b>/);
    expect(html).toBe(renderStudyHtml(study.view, await study.charts()));
    expect(html).not.toContain('survivorship bias');
    const chosen = { ...study.view, dataset: { ...study.view.dataset, hindsight: true } };
    expect(renderStudyHtml(chosen)).toContain('<li>Chosen with hindsight (survivorship bias)');
  });

  it('shows the p that the verdict speaks of where the ledger counts more than the search', () => {
    const { assessment } = study.view.honesty!;
    const chosen = { ...assessment.superiorAbility.chosen, p: 0.004, pOfAllTrials: 0.432 };
    const superiorAbility = { ...assessment.superiorAbility, chosen };
    const honesty = { ...study.view.honesty!, assessment: { ...assessment, superiorAbility } };
    expect(renderStudyHtml({ ...study.view, honesty })).toMatch(/p among all trials counted.{1,60}0\.432/s);
  });

  it('stands without its trials', () => {
    expect(renderStudyHtml(study.view)).not.toContain('<section id="space"');
  });
});

describe('the text of a study', () => {
  it('never shows Sharpe without its deflated value', () => {
    const text = renderStudyTerminal(study.view, { width: 100 });
    const head = text.split('\n').find((line) => line.includes('Sharpe') && line.includes('#'));
    expect(head).toMatch(/Sharpe +deflated/);
    expect(text).toContain('Verdict: ');
    expect(text).toContain('Walk-forward, 3 anchored windows');
    expect(text).toContain('10 splits, 4 paths');
    expect(text).toMatch(/What to try\n.* explains \d+% of the variance of sharpe over \d+\s+sets/);
    expect(text).toMatch(/of all costs is/);
  });

  it('says when purging leaves splits without a set, so that parts of the paths are flat', () => {
    const { cpcv } = study.view;
    expect(renderStudyTerminal(study.view, { width: 300 })).not.toContain('counts as flat');
    const splits = cpcv!.splits.map(({ params, ...split }, s) =>
      s < 3 || params === undefined ? split : { ...split, params },
    );
    const text = renderStudyTerminal({ ...study.view, cpcv: { ...cpcv!, splits } }, { width: 300 });
    expect(text).toContain('left out; in 3 of 10 splits too few remain, and what these test counts as flat.');
  });

  it('gives no share of a Sharpe ratio in sample that was not above 0', () => {
    const walkForward = { ...study.view.walkForward!, efficiency: Number.NaN };
    const view = { ...study.view, walkForward };
    expect(renderStudyTerminal(view, { width: 200 })).toMatch(/stitched: Sharpe .*; that in sample was not above 0/);
    expect(renderStudyHtml(view)).toContain('that in sample was not above 0');
    const idle = { ...walkForward, figures: { ...walkForward.figures, sharpe: Number.NaN } };
    expect(renderStudyTerminal({ ...view, walkForward: idle }, { width: 200 })).toContain(
      'no Sharpe ratio to hold against that in sample',
    );
  });
});

describe('bins of a parameter', () => {
  it('are at most so many, words as they come', () => {
    expect(binsOf([1, 2, 3, 2], 10)).toEqual({ of: Int32Array.of(0, 1, 2, 1), labels: ['1', '2', '3'] });
    expect(binsOf(['b', 'a', 'b'], 10).labels).toEqual(['b', 'a']);
    expect(
      binsOf(
        Array.from({ length: 100 }, (_, k) => k),
        10,
      ).labels,
    ).toHaveLength(10);
  });
});

/** A comparison of runs in words, as pages and terminals show it. */
import { type ComparisonLine, type ComparisonView, letterOf } from '../report/index.ts';
import type { MetricLine } from './compare.ts';
import type { RunComparison } from './compare-stored.ts';
import type { Divergence } from './divergence.ts';
import type { LineDiff } from './line-diff.ts';

export function comparisonView(comparison: RunComparison): ComparisonView {
  const { labels, lines, settings, metrics, against, advice, runs } = comparison;
  return {
    labels,
    lines,
    settings: settings.map(({ key, values, differs }) => ({ label: key, values: values.map(shortValue), differs })),
    metrics: [
      ...metrics.filter((line) => line.headline),
      ...metrics.filter((line) => !line.headline && differs(line)),
    ].map(metricLine),
    divergence: against.flatMap(({ diverges }, k) =>
      diverges.length === 0
        ? [`${letterOf(k + 1)} has the same fills, trades and equity as A`]
        : diverges.map((one) => divergenceText(letterOf(k + 1), one)),
    ),
    code: codeChanges(comparison),
    advice: advice.map(({ run, text }) => (run === '' ? text : `${letterOf(runs.indexOf(run))} ${text}`)),
    synthetic: settings.some((line) => line.key === 'data.synthetic' && line.values.includes('true')),
  };
}

/** One entry for each other code, whichever runs have it. */
function codeChanges({ against }: RunComparison): ComparisonView['code'] {
  const byDiff = new Map<string, { readonly change: LineDiff; readonly letters: string[] }>();
  for (const [k, { code }] of against.entries()) {
    if (code === undefined || code.unified === '') continue;
    const known = byDiff.get(code.unified);
    if (known === undefined) byDiff.set(code.unified, { change: code, letters: [letterOf(k + 1)] });
    else known.letters.push(letterOf(k + 1));
  }
  return [...byDiff].map(([diff, { change, letters }]) => ({
    title: `A to ${letters.join(', ')}: lines added ${change.added}, removed ${change.removed}`,
    diff,
  }));
}

function divergenceText(other: string, { table, time, symbol, row, first: a, other: b }: Divergence): string {
  const day = new Date(time)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(':00.000Z', 'Z');
  if (table === 'equity') return `equity at ${day}: A has ${a}, ${other} has ${b}`;
  return `${table.slice(0, -1)} ${row + 1} at ${day} in ${symbol}: A has ${a}; ${other} has ${b}`;
}

/** Hashes by their first digits, times without what is zero in them. */
function shortValue(value: string): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value.slice(0, 12);
  return value.replace(/T00:00:00\.000Z$/, '');
}

function metricLine(line: MetricLine): ComparisonLine {
  return { label: line.title, values: line.texts, differs: differs(line) };
}

function differs({ texts }: MetricLine): boolean {
  return new Set(texts).size > 1;
}

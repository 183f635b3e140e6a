/** The catalogue as a page of documentation. */
import type { Expr } from '../expression.ts';
import { indicatorCatalog } from './catalog.ts';
import type { FlatValue, IndicatorEntry, IndicatorGroup } from './entry.ts';

const titles: readonly (readonly [IndicatorGroup, string])[] = [
  ['average', 'Moving averages'],
  ['oscillator', 'Oscillators'],
  ['trend', 'Trend'],
  ['volatility', 'Volatility (per bar)'],
  ['channel', 'Channels and bands'],
  ['volume', 'Volume'],
  ['cycle', 'Cycles and straightness'],
  ['rolling', 'Statistics over the last n values'],
  ['arithmetic', 'Arithmetic, comparisons and events'],
];

/** Rows between the first bar and the first value of the example, by output when they differ. */
export function exampleWarmup(entry: IndicatorEntry): string {
  const outputs = Object.entries(entry.example);
  const lengths = new Set(outputs.map(([, e]) => e.warmup));
  const [first] = lengths;
  return lengths.size === 1 ? String(first) : outputs.map(([name, e]) => `${name} ${e.warmup}`).join(', ');
}

/** True when the value depends on all history, so that a shorter history gives slightly different values. */
export function isRecursive(expression: Expr): boolean {
  if (expression.kind === 'kernel') return expression.kernel.recursive || expression.inputs.some(isRecursive);
  return 'of' in expression && isRecursive(expression.of);
}

const words: Readonly<Record<string, string>> = { price: 'the price', missing: 'NaN', varies: 'not constant' };
const inWords = (value: FlatValue): string =>
  typeof value === 'number' ? String(Math.round(value * 1e6) / 1e6) : (words[value] ?? value);

function onFlat(flat: IndicatorEntry['flat']): string {
  if (typeof flat !== 'object') return inWords(flat);
  return Object.entries(flat)
    .map(([name, value]) => `${name} ${inWords(value)}`)
    .join(', ');
}

function row(entry: IndicatorEntry): string {
  const outputs = Object.keys(entry.example);
  const cells = [
    `\`${entry.usage}\``,
    outputs.length > 1 ? `${entry.title}: ${outputs.join(', ')}` : entry.title,
    entry.formula,
    entry.units,
    onFlat(entry.flat),
    exampleWarmup(entry) + (Object.values(entry.example).some(isRecursive) ? ', recursive' : ''),
    entry.source,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** `docs/indicators.md`: one table a group. */
export function renderIndicatorDocs(): string {
  const head = [
    '# Indicators',
    '',
    `Generated from the catalogue: ${indicatorCatalog.length} indicators. Each is a causal expression; \`x\`, \`a\` and \`b\` are expressions or`,
    'numbers, `bars` the record of columns that a strategy receives. A row with a missing (NaN) or infinite input gives NaN and',
    'changes nothing. *Flat* is the value on bars that never change (price 100, volume 1000 where a number depends on it).',
    '*Warm-up* is the number of bars before the first value with the default parameters or those of the catalogue;',
    '*recursive* means that all history has a (fading) say in the value.',
  ];
  const groups = titles.flatMap(([group, title]) => [
    '',
    `## ${title}`,
    '',
    '| Call | What | Formula | Units and range | Flat | Warm-up | Source |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...indicatorCatalog.filter((entry) => entry.group === group).map(row),
  ]);
  return `${[...head, ...groups].join('\n')}\n`;
}

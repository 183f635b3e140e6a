import { describe, expect, it } from 'vitest';
import { formatMetric } from '../../src/lib/index.ts';
import { escapeHtml, escapeMarkdown, plainLine, scriptJson, shellWord } from '../../src/lib/report/escape.ts';
import {
  formatDay,
  formatMinute,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatSignedPercent,
} from '../../src/lib/report/format.ts';

describe('numbers as text', () => {
  it('groups thousands and keeps the digits asked for', () => {
    expect(formatNumber(1234567.891)).toBe('1,234,567.89');
    expect(formatNumber(-1234.5, 0)).toBe('-1,235');
    expect(formatNumber(999.999, 2)).toBe('1,000.00');
  });

  it('has no negative zero', () => {
    expect(formatNumber(-0.001)).toBe('0.00');
    expect(formatPercent(-0.000001)).toBe('0.00%');
  });

  it('says n/a for a missing number and inf for an infinite one', () => {
    expect([formatNumber(Number.NaN), formatPercent(Number.NaN), formatPrice(Number.NaN)]).toEqual([
      'n/a',
      'n/a',
      'n/a',
    ]);
    expect([formatNumber(1 / 0), formatNumber(-1 / 0), formatPercent(1 / 0)]).toEqual(['inf', '-inf', 'inf']);
  });

  it('prints a metric in one way, with a digit more where figures are held against each other', () => {
    const both = (unit: Parameters<typeof formatMetric>[0], value: number) => [
      formatMetric(unit, value),
      formatMetric(unit, value, 'fine'),
    ];
    expect(both({ unit: 'ratio' }, 1.23456)).toEqual(['1.23', '1.235']);
    expect(both({ unit: 'currency' }, 12_345.678)).toEqual(['12,346', '12,345.68']);
    expect(both({ unit: 'days' }, 157.25)).toEqual(['157 days', '157.3 days']);
    expect(both({ unit: 'count' }, 12_345)).toEqual(['12,345', '12,345']);
    expect(both({ unit: 'ratio' }, Number.POSITIVE_INFINITY)).toEqual(['inf', 'inf']);
    expect(both(undefined, Number.NaN)).toEqual(['n/a', 'n/a']);
  });

  it('signs gains', () => {
    expect([formatSignedPercent(0.1234), formatSignedPercent(-0.1), formatSignedPercent(0)]).toEqual([
      '+12.34%',
      '-10.00%',
      '0.00%',
    ]);
  });

  it('shows cents only where they matter', () => {
    expect([formatMoney(9999.99), formatMoney(10_000.01)]).toEqual(['9,999.99', '10,000']);
  });

  it('gives small prices more decimals', () => {
    expect([formatPrice(43210.123), formatPrice(43.21012), formatPrice(0.000123456)]).toEqual([
      '43,210.12',
      '43.210',
      '0.00012346',
    ]);
  });

  it('writes times in UTC, midnight as a day', () => {
    expect(formatMinute(Date.UTC(2021, 2, 4))).toBe('2021-03-04');
    expect(formatMinute(Date.UTC(2021, 2, 4, 13, 30))).toBe('2021-03-04 13:30');
    expect(formatDay(Number.NaN)).toBe('n/a');
    expect(formatMinute(Number.NaN)).toBe('n/a');
  });

  it('survives enormous values', () => {
    expect(formatNumber(1e300)).toBe('1.00e+300');
  });
});

describe('untrusted text', () => {
  it('cannot leave an HTML attribute or element', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
    expect(escapeHtml('a\u0000b\nc')).toBe('a b\nc');
  });

  it('cannot close a script element', () => {
    const text = scriptJson({ name: '</script><!--\u2028' });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name: '</script><!--\u2028' });
  });

  it('cannot move the cursor of a terminal', () => {
    expect(plainLine('a\u001b[2Jb\nc\u009bd')).toBe('a [2Jb c d');
  });

  it('cannot end a Markdown cell or open a link', () => {
    expect(escapeMarkdown('a|b [c](d) `e`\nf')).toBe('a\\|b \\[c\\](d) \\`e\\` f');
  });

  it('stays one shell word', () => {
    expect(shellWord('momentum')).toBe('momentum');
    expect(shellWord("it's; rm -rf /")).toBe(`'it'\\''s; rm -rf /'`);
    expect(shellWord('')).toBe(`''`);
  });
});

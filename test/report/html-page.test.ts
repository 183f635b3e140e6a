/** Every page of a report has the same frame. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { htmlPage, tileList } from '../../src/lib/report/html/html-page.ts';

const evil = '<script>alert(1)</script>';

describe('the frame of a page', () => {
  it('stands in one file', () => {
    const root = join(import.meta.dirname, '../../src/lib');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /<!doctype|class="tile"/.test(readFileSync(join(root, file), 'utf8')));
    expect(files).toEqual(['report/html/html-page.ts']);
  });

  it('links the sections that have something to show, and escapes what it is told', () => {
    const page = htmlPage({
      title: evil,
      header: '<h1>Run</h1>',
      origin: evil,
      sections: [
        ['one', 'One', '<p>1</p>'],
        ['two', 'Two', ''],
      ],
    });
    expect(page).toContain('<li><a href="#one">One</a></li></ul>');
    expect(page).toContain('<section id="one" aria-labelledby="one-title">');
    expect(page).not.toContain('Two');
    expect(page).not.toContain(evil);
  });

  it('breaks the text of a tile before a value, not inside it', () => {
    expect(tileList([{ title: 'Best set', text: 'lookback=106 threshold=0.16274' }])).toContain(
      'lookback=<wbr>106 threshold=<wbr>0.16274',
    );
  });

  it('shades the side where a table is scrolled out of sight', () => {
    expect(htmlPage({ title: '', header: '', sections: [] })).toMatch(
      /\.scroll\{[^}]*background-attachment:local,local,scroll,scroll/,
    );
  });

  it('sets words smaller than figures in its tiles', () => {
    const tiles = tileList([
      { title: 'Return', text: '12.5%', note: 'a year' },
      { title: 'Verdict', text: evil },
      { title: 'Loss', text: '-3', tone: 'loss' },
    ]);
    expect(tiles.match(/<dd[^>]*>/g)).toEqual(['<dd>', '<dd class="words">', '<dd class="loss">']);
    expect(tiles).not.toContain(evil);
  });
});

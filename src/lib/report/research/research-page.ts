/** The frame of the pages of the research: head, links, tiles and sections, in one file without a script. */
import { escapeHtml } from '../escape.ts';
import { badgeList, htmlPage, type Section, type Tile, tileList } from '../html/html-page.ts';
import { xyRules } from './xy-chart.ts';

export type ResearchPage = {
  readonly title: string;
  readonly subtitle: string;
  readonly badges: readonly string[];
  readonly chips: readonly string[];
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
  readonly origin: string;
};

const ownStyle =
  `${xyRules}.plot{cursor:default}figure{margin:0}.soft.small{margin:6px 0 0}` +
  '.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:4px 14px;margin:8px 0 4px}' +
  '.plates{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:14px;margin:10px 0 16px}' +
  '.plates .card,.pair figure.card{margin:0}.cluster{scroll-margin-top:56px}.cluster>h3{font-size:15px}.good{color:var(--gain)}.bad{color:var(--loss)}' +
  '.inset{border:0;padding:0;background:none}.told :is(td,th){padding:4px 7px}.told :is(td,th):last-child{text-align:left;white-space:normal;min-width:215px}.named :is(td,th):first-child{text-align:left}';

export function researchPage(page: ResearchPage): string {
  const chips = page.chips.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
  return htmlPage({
    title: page.title,
    style: ownStyle,
    header: `<header class="top"><h1>${escapeHtml(page.title)}${badgeList(page.badges)}</h1><p class="soft">${escapeHtml(page.subtitle)}</p><ul class="chips" aria-label="Setting">${chips}</ul></header>`,
    lead: tileList(page.tiles),
    sections: page.sections,
    origin: page.origin,
  });
}

/** A drawing with its caption. */
export function plate(title: string, drawing: string, note = ''): string {
  return `<figure class="card"><figcaption><h3>${escapeHtml(title)}</h3></figcaption><div class="plot">${drawing}</div>${note === '' ? '' : `<p class="soft small">${escapeHtml(note)}</p>`}</figure>`;
}

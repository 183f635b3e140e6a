/** The frame of the pages of the research: head, links, tiles and sections, in one file without a script. */
import { escapeHtml } from '../escape.ts';
import { type Section, sectionList } from '../html/section-list.ts';
import { pageStyle } from '../html/style.ts';
import { xyRules } from './xy-chart.ts';

export type Tile = { readonly title: string; readonly text: string; readonly note?: string };

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
  const { links, body } = sectionList(page.sections);
  const badges = page.badges.map((text) => `<span class="badge">${escapeHtml(text)}</span>`).join('');
  const chips = page.chips.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(page.title)} · sigma</title>
<link rel="icon" href="data:,">
<style>${pageStyle}${ownStyle}</style>
</head>
<body>
<header class="top"><h1>${escapeHtml(page.title)}${badges}</h1><p class="soft">${escapeHtml(page.subtitle)}</p><ul class="chips" aria-label="Setting">${chips}</ul></header>
<nav aria-label="Sections"><ul>${links}</ul></nav>
<main>
<dl class="tiles">${page.tiles.map(tile).join('')}</dl>
${body}
<footer>${escapeHtml(page.origin)} Made by sigma from stored results; past results say nothing certain about future ones.</footer>
</main>
</body>
</html>
`;
}

function tile({ title, text, note = '' }: Tile): string {
  const words = /^[\d.,%-]+$/.test(text) ? '' : ' class="words"';
  return `<div class="tile"><dt>${escapeHtml(title)}</dt><dd${words}>${escapeHtml(text)}${note === '' ? '' : `<small>${escapeHtml(note)}</small>`}</dd></div>`;
}

/** A drawing with its caption. */
export function plate(title: string, drawing: string, note = ''): string {
  return `<figure class="card"><figcaption><h3>${escapeHtml(title)}</h3></figcaption><div class="plot">${drawing}</div>${note === '' ? '' : `<p class="soft small">${escapeHtml(note)}</p>`}</figure>`;
}

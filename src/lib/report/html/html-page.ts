/** The frame of every page: one HTML file that needs nothing but itself. Nothing here reads a clock, a host name or a path. */
import { escapeHtml } from '../escape.ts';
import { pageStyle } from './style.ts';

/** A part of a page; one without content is left out. */
export type Section = readonly [id: string, title: string, content: string];

export type HtmlPage = {
  readonly title: string;
  /** Rules beside those of every page. */
  readonly style?: string;
  readonly header: string;
  /** What comes before the sections. */
  readonly lead?: string;
  readonly sections: readonly Section[];
  /** What the page tells of, to begin the footer with. */
  readonly origin?: string;
  /** Elements after the text. */
  readonly scripts?: string;
};

export function htmlPage({
  title,
  style = '',
  header,
  lead = '',
  sections,
  origin = '',
  scripts = '',
}: HtmlPage): string {
  const shown = sections.filter(([, , content]) => content !== '');
  const links = shown.map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`).join('');
  const body = shown
    .map(
      ([id, name, content]) =>
        `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${name}</h2>${content}</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · sigma</title>
<link rel="icon" href="data:,">
<style>${pageStyle}${style}</style>
</head>
<body>
${header}
<nav aria-label="Sections"><ul>${links}</ul></nav>
<main>
${lead}
${body}
<footer>${origin === '' ? '' : `${escapeHtml(origin)} `}Made by sigma from stored results; past results say nothing certain about future ones.</footer>
</main>
${scripts}</body>
</html>
`;
}

/** A figure at the top of a page; text that is no number is set smaller unless a tone is given. */
export type Tile = {
  readonly title: string;
  readonly text: string;
  readonly note?: string;
  readonly tone?: 'plain' | 'gain' | 'loss';
};

export function tileList(tiles: readonly Tile[]): string {
  return `<dl class="tiles">${tiles.map(tile).join('')}</dl>`;
}

function tile({ title, text, note = '', tone }: Tile): string {
  const look = tone ?? (/^[\d.,%-]+$/.test(text) ? 'plain' : 'words');
  const small = note === '' ? '' : `<small>${escapeHtml(note)}</small>`;
  // A value of a parameter goes to the next line before it breaks.
  const shown = escapeHtml(text).replaceAll('=', '=<wbr>');
  return `<div class="tile"><dt>${escapeHtml(title)}</dt><dd${look === 'plain' ? '' : ` class="${look}"`}>${shown}${small}</dd></div>`;
}

/** What to know before reading on; nothing without any. */
export function noticeList(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const items = texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
  return `<ul class="notices" aria-label="Warnings">${items}</ul>`;
}

/** Words beside a heading that must not be missed. */
export function badgeList(texts: readonly string[]): string {
  return texts.map((text) => `<span class="badge">${escapeHtml(text)}</span>`).join('');
}

/** A finished run as one HTML file. */
import { escapeHtml } from '../escape.ts';
import type { RunView } from '../run-view.ts';
import { renderTerminal } from '../terminal/render.ts';

export function renderHtml(view: RunView): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(view.strategy)}</title><pre>${escapeHtml(renderTerminal(view))}</pre></html>\n`;
}

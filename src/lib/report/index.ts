export { renderHtml } from './html/page.ts';
export type { QualitySummary, RunView } from './run-view.ts';
export { renderTerminal } from './terminal/render.ts';
export type { TerminalOptions } from './terminal/style.ts';

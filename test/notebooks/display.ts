/** Stands where tslab's `display` and the kernel's `console` stand when cells run without Jupyter: keeps what they show. */
import { format } from 'node:util';

export type Shown = { readonly type: 'html' | 'svg' | 'text'; readonly text: string };

let shown: Shown[] = [];

const keep =
  (type: Shown['type']) =>
  (text: string): void =>
    void shown.push({ type, text });

/** @public Cells import it. */
export const display = { html: keep('html'), svg: keep('svg') };

/** @public As `display`. */
export const console = {
  log: (...values: readonly unknown[]): void => keep('text')(`${format(...values)}\n`),
};

/** What has been shown since it was last asked. */
export function takeShown(): readonly Shown[] {
  const taken = shown;
  shown = [];
  return taken;
}

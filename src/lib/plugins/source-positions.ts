/** Finds the line of a strategy file behind a line of the module it was bundled into. */
import { SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import { packageRoot } from './package-root.ts';

type Bundle = { readonly map: SourceMap; readonly folder: string; readonly sources: readonly string[] };

/** By the path of the temporary module. */
const bundles = new Map<string, Bundle>();

/** Remembers the inline source map of a module; its sources are relative to `folder`. */
export function rememberSourceMap(modulePath: string, moduleText: string, folder: string): void {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/.exec(moduleText)?.[1];
  if (encoded === undefined) return;
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  const library = join(packageRoot(), 'src');
  const sources = map.payload.sources.map((source) => resolve(folder, source)).filter((s) => !s.startsWith(library));
  bundles.set(modulePath, { map, folder, sources });
}

/** A stack trace with the places in temporary modules replaced by those in strategy files. */
export function mapStack(stack: string): string {
  let mapped = stack;
  for (const [path, { map, folder }] of bundles) {
    mapped = mapped.replace(placesIn(path), (text: string, line: string, column: string) => {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in entry)) return text;
      return `${resolve(folder, entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
  }
  return mapped;
}

/** The first place in a strategy's own files of what was thrown, as `file:line:column`; undefined when there is none. */
export function thrownAt(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  // A runtime that reads source maps itself has mapped the stack already.
  const stack = mapStack(error.stack);
  let first: RegExpExecArray | undefined;
  for (const source of new Set([...bundles.values()].flatMap((bundle) => bundle.sources))) {
    const place = placesIn(source).exec(stack);
    if (place !== null && (first === undefined || place.index < first.index)) first = place;
  }
  return first?.[0].replace(/^file:\/\//, '');
}

function placesIn(path: string): RegExp {
  return new RegExp(`(?:file://)?${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');
}

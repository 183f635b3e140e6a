/** Finds the line of a strategy file behind a line of the module it was bundled into. */
import { SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import { packageRoot } from './package-root.ts';

type Bundle = { readonly map: SourceMap; readonly folder: string };

/** By the path of the temporary module. */
const bundles = new Map<string, Bundle>();

/** Remembers the inline source map of a module; its sources are relative to `folder`. */
export function rememberSourceMap(modulePath: string, moduleText: string, folder: string): void {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/.exec(moduleText)?.[1];
  if (encoded === undefined) return;
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  bundles.set(modulePath, { map, folder });
}

/** A stack trace with the places in temporary modules replaced by those in strategy files. */
export function mapStack(stack: string): string {
  return [...bundles].reduce((text, [path, bundle]) => replacePlaces(text, path, bundle, () => {}), stack);
}

/** The first place in a strategy's own files of what was thrown, as `file:line:column`; undefined when there is none. */
export function thrownAt(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const library = join(packageRoot(), 'src');
  const places: string[] = [];
  for (const [path, bundle] of bundles) {
    replacePlaces(error.stack, path, bundle, (place) => {
      if (!place.startsWith(library)) places.push(place);
    });
  }
  return places[0];
}

function replacePlaces(stack: string, path: string, { map, folder }: Bundle, seen: (place: string) => void): string {
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const places = new RegExp(`(?:file://)?${literal}:(\\d+):(\\d+)`, 'g');
  return stack.replace(places, (text: string, line: string, column: string) => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return text;
    const place = `${resolve(folder, entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    seen(place);
    return place;
  });
}

/** Bundles the report page's script; run with `npx tsx test/report/bundle-client.ts` after a change to it. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../../src/lib/report/client/main.ts', import.meta.url));
export const target = fileURLToPath(new URL('../../src/lib/report/client-script.ts', import.meta.url));

/** The text of `client-script.ts` for the current sources. */
export async function clientModule(): Promise<string> {
  const result = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
  });
  const script = (result.outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
  const lines = script.match(/[\s\S]{1,2000}/g) ?? [];
  const literals = lines.map((line) => `  ${JSON.stringify(line)},`).join('\n');
  return `/** The script of a report page. Generated from client/ by test/report/bundle-client.ts; do not edit. */\n// biome-ignore-all lint: generated\n// biome-ignore-all format: generated\nexport const clientScript = [\n${literals}\n].join('');\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await clientModule());

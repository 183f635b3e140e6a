/** Stored code of a strategy with one statement a line: what is kept is minified, and no diff of it could be read. */

/** @param code a module that this package has bundled */
export async function readableCode(code: string): Promise<string> {
  const { transform } = await import('esbuild');
  const { code: readable } = await transform(code, {
    loader: 'js',
    minify: false,
    lineLimit: 100,
    legalComments: 'none',
  });
  return readable;
}

/** Writes a strategy file to start from. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SigmaError } from '../core/index.ts';
import { makeFolder } from '../storage/index.ts';

/**
 * Writes `name`.ts into `directory` and returns its path. An existing file is never touched.
 * @throws SigmaError usage/bad-option, data/exists, store/write-failed
 */
export function newStrategy(name: string, directory: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
    throw new SigmaError('usage/bad-option', `'${name}' cannot name a strategy`, {
      hint: "start with a letter and use letters, digits, '-' and '_'",
    });
  }
  const file = resolve(directory, `${name}.ts`);
  const exists = (): SigmaError =>
    new SigmaError('data/exists', 'the file is there already; nothing was written', {
      where: file,
      hint: 'choose another name or edit that file',
    });
  if (existsSync(file)) throw exists();
  try {
    makeFolder(dirname(file));
    writeFileSync(file, template(name), { flag: 'wx' });
  } catch (cause) {
    if (existsSync(file)) throw exists();
    throw new SigmaError('store/write-failed', cause instanceof Error ? cause.message : String(cause), {
      where: file,
      hint: 'choose a folder that can be written to',
      cause,
    });
  }
  return file;
}

function template(name: string): string {
  return `/** ${name}: long while the fast average is above the slow one, and out of the market otherwise. */
import { boolean, defineStrategy, integer, sma } from 'sigma-quant';

export default defineStrategy({
  name: '${name}',
  description: 'Long while the fast average is above the slow one.',

  // Parameters have a default and a range. They become \`--param fast=10\` and the space that a sweep searches.
  params: {
    fast: integer({ default: 20, min: 2, max: 200, description: 'Bars of the fast average' }),
    slow: integer({ default: 100, min: 5, max: 500, description: 'Bars of the slow average' }),
    short: boolean({ default: false, description: 'Go short below instead of flat' }),
  },

  // Signals are expressions over the columns of a bar. They see the past only, whatever you write here.
  signals: ({ close }, p) => ({
    fast: sma(close, p.fast),
    slow: sma(close, p.slow),
  }),

  // Called for each instrument when its bar is complete: 1 is fully long, -1 fully short, 0 flat. \`held\` is the target
  // held now. A signal is NaN until it is warm, and a comparison with NaN is false.
  target: (row, p, held) => {
    if (row.fast > row.slow) return 1;
    if (row.fast < row.slow) return p.short ? -1 : 0;
    return held;
  },

  // Other parts: \`rebalance: 'month'\` asks for targets at month ends only; \`allocation: 'normalised'\` shares the whole
  // equity among the targets; \`exits: (row, p) => ({ stopLoss: { fraction: 0.05 } })\` guards what a target opens;
  // \`onBar: (ctx) => …\` places orders of your own in place of a target.
});
`;
}

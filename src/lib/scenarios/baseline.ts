/** What the scenarios gave when their results were last accepted, and how a new result differs from that. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SigmaError } from '../core/index.ts';
import { fromNumberJson, toNumberJson } from '../registry/index.ts';
import { atomicWrite } from '../storage/index.ts';
import { baselineFigures, type Figures, isCount } from './figures.ts';

/** By `scenario/case`. */
export type Baseline = Readonly<Record<string, BaselineEntry>>;

export type BaselineEntry = {
  /** Hash of the bars: tells a change of the market from a change of what was made of it. */
  readonly market: string;
  readonly figures: Figures;
  /** Bars run in the time of one calibration loop; NaN when it was not measured. */
  readonly speed: number;
};

export type Moved = { readonly figure: string; readonly before: number; readonly now: number };

const number = z.union([z.number(), z.null(), z.enum(['Infinity', '-Infinity'])]);
const file = z.strictObject({
  schema: z.literal('sigma.scenario-baseline/1'),
  cases: z.record(
    z.string(),
    z.strictObject({ market: z.string(), speed: number, figures: z.record(z.string(), number) }),
  ),
});

export function baselinePath(folder: string): string {
  return join(folder, 'baseline.json');
}

/** Empty when there is no file yet. @throws SigmaError scenario/invalid naming file and key */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return {};
  const parsed = file.safeParse(jsonOf(text, path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw damaged(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
  }
  return Object.fromEntries(
    Object.entries(parsed.data.cases).map(([name, { market, speed, figures }]) => [
      name,
      {
        market,
        speed: fromNumberJson(speed),
        figures: Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, fromNumberJson(value)])),
      },
    ]),
  );
}

/** Writes the whole baseline or, failing, leaves the old one. @throws SigmaError store/write-failed */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const cases = Object.fromEntries(
    Object.entries(baseline)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { market, speed, figures }]) => [
        name,
        {
          market,
          // Machines differ by far more than the third digit.
          speed: toNumberJson(Number(speed.toPrecision(3))),
          figures: Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, toNumberJson(value)])),
        },
      ]),
  );
  const text = `${JSON.stringify({ schema: 'sigma.scenario-baseline/1', cases }, null, 2)}\n`;
  await atomicWrite(path, (temporary) => writeFile(temporary, text));
}

export function entryOf(market: string, figures: Figures, speed: number): BaselineEntry {
  return {
    market,
    figures: Object.fromEntries(baselineFigures.map((name) => [name, figures[name] ?? Number.NaN])),
    speed,
  };
}

/** Beyond the rounding of another processor's logarithms, well below a cent. */
const RELATIVE = 1e-9;
const ABSOLUTE = 1e-6;

/** The figures that are no longer what they were; counts must be equal, amounts agree to 1e-9. */
export function movedFigures(before: BaselineEntry, now: BaselineEntry): readonly Moved[] {
  return Object.entries(before.figures).flatMap(([figure, old]) => {
    const value = now.figures[figure] ?? Number.NaN;
    return isSame(figure, old, value) ? [] : [{ figure, before: old, now: value }];
  });
}

function isSame(figure: string, before: number, now: number): boolean {
  if (Object.is(before, now)) return true;
  if (isCount(figure) || !Number.isFinite(before) || !Number.isFinite(now)) return before === now;
  const room = figure === 'maxDrawdown' ? RELATIVE : Math.max(ABSOLUTE, RELATIVE * Math.abs(before));
  return Math.abs(now - before) <= room;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path, 'the file is not JSON');
  }
}

function damaged(where: string, found: string): SigmaError {
  return new SigmaError('scenario/invalid', found, { where, hint: 'write it again with sigma scenarios run --update' });
}

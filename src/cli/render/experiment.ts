/** The acceptance experiment as a table: what was found, what was asked, and whether it was reached. */
import type { Experiment } from '../../lib/lab/index.ts';
import { table } from './table.ts';

type Row = Experiment['gates'][number];

/** Narrower, names of gates could not be told apart. */
const NARROWEST = 110;

export function experimentText({ gates, hash }: Experiment, width: number): string {
  const rows = table(
    gates,
    [
      { title: 'market', text: ({ market }) => market },
      { title: 'gate', text: ({ gate }) => gate, shrink: true },
      { title: 'found', text: ({ found }) => figure(found), right: true },
      { title: 'asked', text: ({ rule, limit }) => `${rule} ${figure(limit)}`, right: true },
      { title: 'cases', text: ({ cases }) => String(cases), right: true },
      { title: '', text: outcome },
    ],
    Math.max(width, NARROWEST),
  );
  return `${rows}\n\nresults ${hash.slice(0, 12)}`;
}

/** Whether the experiment fails for it: for a gate, never for an aim. */
export function isMissed({ kind, passed }: Row): boolean {
  return kind === 'gate' && !passed;
}

function outcome(row: Row): string {
  if (row.kind === 'aim') return row.passed ? 'aim reached' : 'aim not reached';
  return isMissed(row) ? 'MISSED' : 'ok';
}

function figure(value: number): string {
  return Number.isNaN(value) ? 'n/a' : String(Number(value.toFixed(3)));
}

/** Verdicts of a validation in words. */
import type { ClusterResult, Rejection } from '../../research/index.ts';
import { formatNumber } from '../format.ts';

/** `lift 1.12 of 1.5 needed, p 0.210 above 0.050` */
export function verdictWords({ survives, rejections }: Pick<ClusterResult, 'survives' | 'rejections'>): string {
  if (survives) return 'survives';
  // Where the support is missing nothing was tested: its p value is no reason of its own.
  const untested = rejections.some(({ rule }) => rule === 'support');
  return rejections
    .filter(({ rule }) => !(untested && rule === 'significance'))
    .map(reason)
    .join(', ');
}

function reason({ rule, found, needed }: Rejection): string {
  switch (rule) {
    case 'support':
      return `${formatNumber(found, 0)} alerts of ${formatNumber(needed, 0)} needed`;
    case 'lift':
      return `${lift(found)} of ${formatNumber(needed, 1)} needed`;
    case 'discovery-lift':
      return `${lift(found)} of ${formatNumber(needed, 1)} where it was found`;
    case 'significance':
      return `p ${formatNumber(found, 3)} above ${formatNumber(needed, 3)}`;
  }
}

function lift(found: number): string {
  return Number.isNaN(found) ? 'no lift' : `lift ${formatNumber(found)}`;
}

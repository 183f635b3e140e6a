/** The moments of a data set as tables: written when it is built, read when it is opened. */
import { basename } from 'node:path';
import type { Panel } from '../features/index.ts';
import { type Frame, frame } from '../frame/index.ts';
import type { EventPlace, EventTable, LabelledEvent } from '../research/index.ts';
import type { MomentLabels } from './label-moments.ts';
import { textsOf } from './tables.ts';

type Group = readonly [kind: string, moments: EventTable, labels: MomentLabels];

/** Columns: kind, symbol, time (T0, when it was known), series, row, label, labelEnd, outcome, weight, part. */
export function momentTable({ series }: Panel, groups: readonly Group[]): Frame {
  const texts = (of: (group: Group, i: number) => string): string[] =>
    groups.flatMap((group) => Array.from(group[1].row, (_, i) => of(group, i)));
  const reals = (of: (group: Group) => ArrayLike<number>): Float64Array =>
    Float64Array.from(groups.flatMap((group) => Array.from(of(group))));
  const whole = (of: (group: Group) => ArrayLike<number>): Int32Array =>
    Int32Array.from(groups.flatMap((group) => Array.from(of(group))));
  return frame({
    kind: texts(([kind]) => kind),
    symbol: texts(([, moments], i) => series[moments.series[i]!]!.symbol),
    time: reals(([, moments]) => moments.at),
    series: whole(([, moments]) => moments.series),
    row: whole(([, moments]) => moments.row),
    label: whole(([, , labels]) => labels.label),
    labelEnd: reals(([, , labels]) => labels.labelEnd),
    outcome: reals(([, , labels]) => labels.outcome),
    weight: reals(([, , labels]) => labels.weight),
    part: texts(([, , labels], i) => labels.part[i]!),
  });
}

/** The events among the moments. */
export function eventsOf(moments: Frame): readonly EventPlace[] {
  const series = moments.numbers('series');
  const row = moments.numbers('row');
  return textsOf(moments, 'kind').flatMap((kind, i) =>
    kind === 'event' ? [{ series: series[i]!, row: row[i]! }] : [],
  );
}

/** The moments of a file as they were dated there. */
export function givenTable(given: readonly LabelledEvent[]): Frame {
  return frame({
    symbol: given.map(({ symbol }) => symbol),
    time: Float64Array.from(given, ({ time }) => time),
    where: given.map(({ where }) => basename(where)),
  });
}

export function givenOf(table: Frame): readonly LabelledEvent[] {
  const time = table.numbers('time');
  const where = textsOf(table, 'where');
  return textsOf(table, 'symbol').map((symbol, i) => ({ symbol, time: time[i]!, where: where[i]! }));
}

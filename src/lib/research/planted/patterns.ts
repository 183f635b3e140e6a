/** The shapes that a planted market hides: three precursors of events, and five decoys that only look like ones. */

export const plantedChannels = ['return', 'activity', 'spread', 'impact'] as const;

/** A, B and C precede events; D1 to D3 precede nothing; R precedes events in the first half alone; E follows every event. */
export const patternKinds = ['A', 'B', 'C', 'D1', 'D2', 'D3', 'R', 'E'] as const;
export type PatternKind = (typeof patternKinds)[number];
export const precursorKinds = ['A', 'B', 'C'] as const satisfies readonly PatternKind[];

/** Rows of a pattern of ordinary length. */
export const patternRows = 20;

/** A channel's course over the life of a pattern, at `u` from 0 (its first row) to 1 (its last). */
type Course = (u: number) => number;

const rise: Course = (u) => 0.2 + 0.8 * u;
const fall: Course = (u) => 1 - 0.8 * u;
const hump: Course = (u) => Math.sin(Math.PI * u);
const surge: Course = (u) => u * u * u;
const wave: Course = (u) => Math.sin(2 * Math.PI * u);
const turn: Course = (u) => Math.cos(Math.PI * u);
const flat: Course = () => 0;
const times =
  (weight: number, course: Course): Course =>
  (u) =>
    weight * course(u);

/** Courses of return, activity, spread and impact; their common size is set by `templateAt`. */
const courses: Readonly<Record<PatternKind, readonly [Course, Course, Course, Course]>> = {
  A: [times(0.6, rise), times(1, rise), times(-1, hump), flat],
  B: [times(-0.6, wave), times(-1, hump), times(1, surge), times(0.8, rise)],
  C: [flat, times(1, wave), times(0.6, fall), times(-1, hump)],
  D1: [times(-0.8, hump), times(0.8, fall), times(0.8, rise), flat],
  D2: [times(0.8, turn), flat, times(-0.8, fall), times(1, surge)],
  D3: [flat, times(-0.8, fall), times(-1, wave), times(-0.8, rise)],
  R: [times(-0.8, surge), times(-1, turn), flat, times(0.8, wave)],
  E: [times(0.6, fall), times(-0.6, surge), times(1, turn), times(-0.8, wave)],
};

/** Root mean square of a kind's courses over channels and ordinary rows. */
const sizes = new Map(
  patternKinds.map((kind) => {
    let sum = 0;
    for (const course of courses[kind])
      for (let row = 0; row < patternRows; row++) sum += course(row / (patternRows - 1)) ** 2;
    return [kind, Math.sqrt(sum / (plantedChannels.length * patternRows))];
  }),
);

/** The template of a kind in one channel, scaled so that every kind has a root mean square of 1 over channels and rows. */
export function templateAt(kind: PatternKind, channel: number, u: number): number {
  return courses[kind][channel]!(u) / sizes.get(kind)!;
}

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

const level: Course = () => 1;
const turn: Course = (u) => Math.cos(Math.PI * u);
const dip: Course = (u) => Math.cos(2 * Math.PI * u);
const less =
  (course: Course): Course =>
  (u) =>
    -course(u);

/**
 * Courses of return, activity, spread and impact; their common size is set by `templateAt`. The combinations were searched for being as hard to
 * detect as each other (energy against the noise of the channels) and for resembling each other little, shifted in time or not.
 */
const courses: Readonly<Record<PatternKind, readonly [Course, Course, Course, Course]>> = {
  A: [less(dip), less(turn), turn, turn],
  B: [level, less(dip), turn, level],
  C: [turn, less(dip), level, less(dip)],
  D1: [less(turn), turn, dip, level],
  D2: [less(level), less(dip), turn, less(level)],
  D3: [level, less(level), dip, less(level)],
  R: [less(dip), turn, turn, less(turn)],
  E: [less(level), dip, less(turn), level],
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

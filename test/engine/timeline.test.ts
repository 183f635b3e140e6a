import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../../src/lib/engine/timeline.ts';

const steps = fc.array(fc.constantFrom(60_000, 60_000, 60_000, 86_400_000, 0.1, 1 / 3), { maxLength: 300 });

describe('a timeline', () => {
  it('gives back every time to the bit, whatever the steps and however they come in', () => {
    fc.assert(
      fc.property(
        steps,
        fc.double({ noNaN: true, min: -1e13, max: 1e13 }),
        fc.integer({ min: 1, max: 40 }),
        (by, start, piece) => {
          let time = start;
          const at = Float64Array.from(by, (step) => {
            time += step;
            return time;
          });
          const timeline = new Timeline();
          for (let from = 0; from < at.length; from += piece)
            timeline.append(at, from, Math.min(from + piece, at.length));
          expect(timeline.length).toBe(at.length);
          expect(timeline.column()).toEqual(at);
        },
      ),
    );
  });

  it('is empty before its first instant', () => {
    expect(new Timeline().column()).toHaveLength(0);
  });
});

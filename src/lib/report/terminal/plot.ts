/** Line charts and sparklines out of characters. */

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const asciiBars = ['_', '.', ':', '-', '=', '+', '*', '#'] as const;
/** Bits of a braille cell by dot row (0 to 3) and dot column (0, 1). */
const dots = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80] as const;

/** Values at `count` evenly spaced places, each the last of its stretch, so that the end is always shown. */
export function resample(values: Float64Array, count: number): number[] {
  const n = values.length;
  if (n === 0) return [];
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? n - 1 : Math.round((i / (count - 1)) * (n - 1));
    return values[at] ?? Number.NaN;
  });
}

/**
 * `height` lines of `width` characters with the values from left to right. Braille gives 2 x 4 dots a character;
 * without Unicode one `*` marks each column.
 */
export function linePlot(values: Float64Array, width: number, height: number, unicode: boolean): string[] {
  const across = unicode ? width * 2 : width;
  const down = unicode ? height * 4 : height;
  const points = resample(values, across);
  const finite = points.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const cells = new Uint8Array(width * height);
  let previous = -1;
  for (const [x, value] of points.entries()) {
    if (!Number.isFinite(value)) {
      previous = -1;
      continue;
    }
    const y = Math.round((1 - (value - low) / span) * (down - 1));
    const from = previous < 0 ? y : Math.min(y, previous + Math.sign(y - previous));
    const to = previous < 0 ? y : Math.max(y, previous + Math.sign(y - previous));
    for (let step = from; step <= to; step++) {
      if (unicode) cells[(step >> 2) * width + (x >> 1)]! |= dots[(step & 3) * 2 + (x & 1)]!;
      else if (step === y) cells[step * width + x] = 1;
    }
    previous = y;
  }
  return Array.from({ length: height }, (_, row) => {
    let line = '';
    for (let x = 0; x < width; x++) {
      const cell = cells[row * width + x]!;
      line += unicode ? String.fromCharCode(0x2800 + cell) : cell === 0 ? ' ' : '*';
    }
    return line;
  });
}

/** One line of `width` bars; the highest value fills the character. With `down`, 0 is empty and the most negative fills. */
export function sparkline(values: Float64Array, width: number, unicode: boolean): string {
  const glyphs = unicode ? bars : asciiBars;
  const n = values.length;
  const depths: number[] = [];
  for (let i = 0; i < width; i++) {
    const from = Math.floor((i * n) / width);
    const to = Math.max(from + 1, Math.floor(((i + 1) * n) / width));
    let deepest = 0;
    for (let j = from; j < to && j < n; j++) if (Math.abs(values[j]!) > Math.abs(deepest)) deepest = values[j]!;
    depths.push(Math.abs(deepest));
  }
  const most = Math.max(...depths);
  return depths
    .map((d) => (most === 0 || d === 0 ? ' ' : (glyphs[Math.min(7, Math.floor((d / most) * 7.999))] ?? ' ')))
    .join('');
}

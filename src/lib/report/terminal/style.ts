/** Colours and glyphs of a terminal, or plain text where there are none. */
import { plainLine } from '../escape.ts';

export type TerminalOptions = {
  /** Characters a line; 80 when left out. Never less than 60. */
  readonly width?: number;
  /** ANSI colours; off when left out (the caller reads NO_COLOR and whether it writes to a terminal). */
  readonly color?: boolean;
  /** Braille, blocks and dashes; on when left out. */
  readonly unicode?: boolean;
};

const ESC = String.fromCharCode(27);

export type Ink = {
  readonly width: number;
  readonly unicode: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  accent(text: string): string;
};

export function createInk(options: TerminalOptions): Ink {
  const wrap = (code: number) => (text: string) => (options.color === true ? `${ESC}[${code}m${text}${ESC}[0m` : text);
  return {
    width: Math.max(60, Math.floor(options.width ?? 80)),
    unicode: options.unicode ?? true,
    bold: wrap(1),
    dim: wrap(2),
    good: wrap(32),
    bad: wrap(31),
    warn: wrap(33),
    accent: wrap(36),
  };
}

const ansi = new RegExp(`${ESC}\\[\\d+m`, 'g');

/** Characters seen on the screen. */
function seenLength(text: string): number {
  return [...text.replace(ansi, '')].length;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - seenLength(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - seenLength(text))) + text;
}

/** Cuts plain text to `width`, the last character an ellipsis. */
export function fit(text: string, width: number, unicode: boolean): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const mark = unicode ? '…' : '...';
  return characters.slice(0, Math.max(0, width - mark.length)).join('') + mark;
}

/** Breaks plain text into lines of at most `width` characters; a longer word stands alone. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** What to beware of, a mark before each. */
export function noticeLines(texts: readonly string[], ink: Ink): string[] {
  return texts.flatMap((text) =>
    wrapText(plainLine(text), ink.width - 2).map((line, i) => (i === 0 ? `${ink.warn('!')} ${line}` : `  ${line}`)),
  );
}

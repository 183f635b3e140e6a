/** Two texts line by line: what was added and removed (Myers 1986, "An O(ND) difference algorithm"). */

export type LineDiff = {
  readonly added: number;
  readonly removed: number;
  /** Unified form with the lines around each change; empty when nothing changed. */
  readonly unified: string;
};

const CONTEXT = 2;
/** Texts that differ in more lines than this are said to be replaced: nobody reads such a diff. */
const MOST_CHANGES = 1000;

export function lineDiff(before: string, after: string): LineDiff {
  const a = linesOf(before);
  const b = linesOf(after);
  const edits = editsOf(a, b) ?? [
    ...a.map((line): Edit => ({ kind: '-', line })),
    ...b.map((line): Edit => ({ kind: '+', line })),
  ];
  return {
    added: edits.filter((edit) => edit.kind === '+').length,
    removed: edits.filter((edit) => edit.kind === '-').length,
    unified: unifiedText(edits),
  };
}

/** The newline that ends a text begins no line. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

type Edit = { readonly kind: ' ' | '+' | '-'; readonly line: string };

/** The shortest way from a to b; undefined when it is longer than is worth finding. */
function editsOf(a: readonly string[], b: readonly string[]): readonly Edit[] | undefined {
  const most = Math.min(MOST_CHANGES, a.length + b.length);
  const furthest = new Map<number, number>([[1, 0]]);
  const history: ReadonlyMap<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    history.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(history, a, b);
    }
  }
  return undefined;
}

function backtrack(
  history: readonly ReadonlyMap<number, number>[],
  a: readonly string[],
  b: readonly string[],
): Edit[] {
  const edits: Edit[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = history.length - 1; d >= 0; d--) {
    const furthest = history[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
    const fromX = at(furthest, down ? k + 1 : k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x--;
      y--;
      edits.push({ kind: ' ', line: a[x]! });
    }
    if (d === 0) break;
    edits.push(down ? { kind: '+', line: b[y - 1]! } : { kind: '-', line: a[x - 1]! });
    x = fromX;
    y = fromY;
  }
  return edits.reverse();
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1;
}

/** Changes with a few lines around each, under a heading with the lines they stand at. */
function unifiedText(edits: readonly Edit[]): string {
  const shown = edits.map((_, i) => edits.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((e) => e.kind !== ' '));
  const out: string[] = [];
  let [lineA, lineB] = [1, 1];
  for (const [i, { kind, line }] of edits.entries()) {
    if (shown[i] === true) {
      if (shown[i - 1] !== true) out.push(`@@ -${lineA} +${lineB} @@`);
      out.push(`${kind}${line}`);
    }
    if (kind !== '+') lineA++;
    if (kind !== '-') lineB++;
  }
  return out.join('\n');
}

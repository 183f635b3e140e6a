/** The text of a target function, cut into numbers, texts, names and signs. */

export type Token = {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** A new line begins before it. */
  readonly fresh: boolean;
};

const SPACE = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
/** Signs that are not read are signs all the same, lest `--x` be taken for `- -x`. */
const TOKEN =
  /((?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|('[^'\\\n]*'|"[^"\\\n]*")|([A-Za-z_$][\w$]*)|(=>|===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|\*\*|<<|>>|\?\?|\?\.(?!\d)|\.\.\.|[-+*/%&|^]=|[-+*/%&|^~<>!?:;,.(){}[\]=])/y;

/** A longer text is not read: terms are walked by recursion, and nobody writes so many by hand. */
const MOST_TOKENS = 1000;

/** Thrown inside, never seen outside: the text is none that is read. */
export class Unread extends Error {}

/** @throws Unread where the text has what is none of them, or too many */
export function tokensOf(target: object): readonly Token[] {
  const source = Function.prototype.toString.call(target);
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    const space = SPACE.exec(source)![0];
    at += space.length;
    const fresh = /[\n\r\u2028\u2029]/.test(space);
    if (at === source.length) return [...tokens, { kind: 'end', text: '', fresh }];
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null || tokens.length === MOST_TOKENS) throw new Unread();
    const [text, number, quoted, name] = match;
    const kind = number !== undefined ? 'number' : quoted !== undefined ? 'text' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text, fresh });
    at += text.length;
  }
}

/** Makes untrusted text safe: strategy names, tags, symbols and log lines come from users. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content and quoted attributes. Control characters that HTML forbids become a space. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c] ?? c).replace(/(?![\t\n\r])\p{Cc}/gu, ' ');
}

/** JSON for a script element: no `<`, so that no text can close the element or open a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

/** Text for a terminal: no escape sequences or line breaks of the data's own. */
export function plainLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/** Text for a Markdown table cell or line. */
export function escapeMarkdown(text: string): string {
  return plainLine(text).replace(/[\\`*_{}[\]<>|#]/g, (c) => `\\${c}`);
}

/** One word of a shell command. */
export function shellWord(text: string): string {
  const line = plainLine(text);
  return /^[\w./=@:,+%-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

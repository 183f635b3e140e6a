/** Completion scripts for the shells, made from the command tree. */
import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

type Leaf = { readonly path: string; readonly summary: string; readonly words: readonly string[] };

/** Every command by its path (`runs list`, '' for the top) with the words that may follow it. */
function leaves(program: Command, path = ''): readonly Leaf[] {
  const below = program.commands.filter((command) => command.name() !== 'help');
  const words = [...below.map((command) => command.name()), ...program.options.flatMap((option) => option.long ?? [])];
  return [
    { path, summary: program.summary(), words },
    ...below.flatMap((command) => leaves(command, `${path} ${command.name()}`.trim())),
  ];
}

export function completionScript(program: Command, shell: Shell): string {
  const all = leaves(program);
  switch (shell) {
    case 'bash':
      return bash(all);
    case 'zsh':
      return `#compdef sigma\nautoload -U +X bashcompinit && bashcompinit\n${bash(all)}`;
    case 'fish':
      return fish(all);
  }
}

function bash(all: readonly Leaf[]): string {
  const cases = all.map(({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`);
  return `_sigma() {
  local path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; esac
    path="\${path:+$path }$word"
  done
  while [ -n "$path" ]; do
    case "$path" in ${all
      .filter((leaf) => leaf.path !== '')
      .map((leaf) => `"${leaf.path}"`)
      .join('|')}) break ;; esac
    case "$path" in *" "*) path="\${path% *}" ;; *) path="" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _sigma sigma
`;
}

function fish(all: readonly Leaf[]): string {
  const lines = all.flatMap(({ path, words }) => {
    const condition =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    return words.map((word) => {
      const summary = all.find((leaf) => leaf.path === `${path} ${word}`.trim())?.summary ?? '';
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c sigma -n '${condition}' ${what}${summary === '' ? '' : ` -d '${summary.replaceAll("'", '')}'`}`;
    });
  });
  return `${lines.join('\n')}\n`;
}

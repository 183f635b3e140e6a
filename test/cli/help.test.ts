/** The command line as a stranger meets it: help, suggestions, completion, pipes, colours. */
import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { binary, inFolder } from './sigma.ts';

const leaves = (command: Command, path: readonly string[] = []): readonly (readonly string[])[] => {
  const below = command.commands.filter((one) => one.name() !== 'help');
  return below.length === 0 ? [path] : below.flatMap((one) => leaves(one, [...path, one.name()]));
};

describe('help', () => {
  it('names every command with its summary, whether asked for or not', async () => {
    const program = await createProgram('all');
    await inFolder({}, async (here) => {
      const [asked, bare] = await Promise.all([here.sigma(['--help']), here.sigma([])]);
      expect([asked.code, bare.code]).toEqual([0, 0]);
      expect(bare.stdout).toBe(asked.stdout);
      for (const command of program.commands) expect(asked.stdout).toContain(command.name());
      expect(asked.stdout).toContain('$ sigma backtest --strategy momentum --from 2021-01-01');
    });
  });

  it('of each command ends with lines that can be run and that name it', async () => {
    const program = await createProgram('all');
    for (const path of leaves(program)) {
      const command = path.reduce<Command>(
        (parent, name) => parent.commands.find((one) => one.name() === name)!,
        program,
      );
      let text = '';
      command.configureOutput({
        writeOut: (part) => {
          text += part;
        },
      });
      command.outputHelp();
      const examples = text.slice(text.indexOf('\nExamples:')).trim().split('\n').slice(1);
      expect(examples.length, path.join(' ')).toBeGreaterThan(0);
      expect(
        examples.some((line) => line.includes(`$ sigma ${path.join(' ')}`)),
        path.join(' '),
      ).toBe(true);
    }
  });

  it('means the last day, which is part of the range, by every --to', async () => {
    const program = await createProgram('all');
    const said = leaves(program).flatMap((path) => {
      const command = path.reduce<Command>(
        (parent, name) => parent.commands.find((one) => one.name() === name)!,
        program,
      );
      return command.options.filter(({ long }) => long === '--to').map(({ description }) => description);
    });
    expect(said.length).toBeGreaterThan(4);
    for (const description of said) expect(description).toMatch(/^last day, inclusive/);
  });

  it('works in every place people put it', async () => {
    await inFolder({}, async (here) => {
      const [after, before, group] = await Promise.all([
        here.sigma(['runs', 'list', '--help']),
        here.sigma(['help', 'runs', 'list']),
        here.sigma(['runs', '--help']),
      ]);
      expect(after.code).toBe(0);
      expect(after.stdout).toContain('sigma runs list --strategy momentum --json');
      expect(before.stdout).toContain('list');
      expect(group.stdout).toContain('compare');
    });
  });

  it('prints the version of the package', async () => {
    await inFolder({}, async (here) =>
      expect((await here.sigma(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+/),
    );
  });
});

describe('the shell', () => {
  it('gets a completion script that knows commands and flags', async () => {
    await inFolder({}, async (here) => {
      const [bash, zsh, fish] = await Promise.all(
        ['bash', 'zsh', 'fish'].map((shell) => here.sigma(['completion', shell])),
      );
      expect(bash!.stdout).toMatch(/"runs"\) words="[^"]*compare/);
      expect(bash!.stdout).toMatch(/"backtest"\) words="[^"]*--strategy/);
      expect(zsh!.stdout).toMatch(/^#compdef sigma/);
      expect(fish!.stdout).toContain("complete -c sigma -n '__fish_seen_subcommand_from backtest' -l strategy");
      const check = spawn('bash', ['-n'], { stdio: ['pipe', 'ignore', 'ignore'] });
      check.stdin.end(bash!.stdout);
      expect(await new Promise((resolve) => check.on('close', resolve))).toBe(0);
    });
  });

  it('may close the pipe early', async () => {
    const child = spawn(process.execPath, [binary, 'metrics', 'list', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(stderr).toBe('');
  });

  it('sees colours only when it asks for them', async () => {
    const ESC = String.fromCharCode(27);
    await inFolder({}, async (here) => {
      const args = ['backtest', '-s', 'buy-and-hold', '--data', 'sp500', '--no-store'];
      const [piped, forced, refused] = await Promise.all([
        here.sigma(args),
        here.sigma(args, { env: { FORCE_COLOR: '1' } }),
        here.sigma([...args, '--no-color'], { env: { FORCE_COLOR: '1' } }),
      ]);
      expect(piped.stdout).not.toContain(ESC);
      expect(forced.stdout).toContain(ESC);
      expect(refused.stdout).not.toContain(ESC);
      const lines = piped.stdout.split('\n').filter((line) => !line.includes('$ sigma'));
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    });
  });
});

describe('lists', () => {
  it('fit 80 columns and have a document each', async () => {
    await inFolder({}, async (here) => {
      for (const args of [
        ['data', 'list'],
        ['strategies', 'list'],
        ['indicators', 'list'],
        ['metrics', 'list'],
        ['doctor'],
        ['data', 'check', 'us-equities'],
      ]) {
        const [text, json] = await Promise.all([here.sigma(args), here.sigma([...args, '--json'])]);
        expect(text.code, args.join(' ')).toBe(0);
        expect(Math.max(...text.stdout.split('\n').map((line) => line.length)), args.join(' ')).toBeLessThanOrEqual(80);
        expect(JSON.parse(json.stdout).schema).toMatch(/^sigma\.[a-z]+\/1$/);
      }
    });
  });
});

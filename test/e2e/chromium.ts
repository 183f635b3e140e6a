/** The headless browser of the end-to-end tests: Debian's Chromium, installed when it is missing and that is possible. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executable = '/usr/bin/chromium';

function isDebian(): boolean {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function ensureChromium(): void {
  if (existsSync(executable)) return;
  if (process.getuid?.() !== 0 || !isDebian()) {
    throw new Error(`${executable} is missing: install the Debian package 'chromium' (apt-get install chromium)`);
  }
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  execFileSync('apt-get', ['update', '-qq'], quiet);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  if (!existsSync(executable))
    throw new Error(`the Debian package 'chromium' was installed but ${executable} is missing`);
}

/** A browser that talks to nobody. */
export async function openBrowser(): Promise<Browser> {
  ensureChromium();
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

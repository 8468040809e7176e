/**
 * Programs the tests need that npm cannot bring: installed by apt when this is Debian or Ubuntu
 * and we are root (a container, a CI machine); elsewhere the caller says what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs Debian packages and says so; does nothing where it cannot. */
export function install(packages: readonly string[]): void {
  if (packages.length === 0 || !canInstall()) return;
  console.error(`Installing ${packages.join(', ')} …`);
  // Another test process may hold apt's lock: wait for it.
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  apt('update');
  if (!apt('install', '-y', '--no-install-recommends', ...packages))
    console.error(`apt-get could not install ${packages.join(', ')}.`);
}

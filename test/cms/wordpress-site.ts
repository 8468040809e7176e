/** A WordPress with its own database and web server, both of which end with it; written to as people do, through their browsers. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';

const SOURCE = '/usr/share/wordpress';
const PLUGIN = fileURLToPath(new URL('../../integrations/wordpress/webrtc-elements', import.meta.url));
const PASSWORD = 'only for this try';

export class WordPress {
  static readonly packages = [
    'wordpress',
    'wordpress-theme-twentytwentythree',
    'mariadb-server',
    'php-cli',
    'php-mysql',
    'php-mbstring',
    'php-xml',
    'php-curl',
    'php-gd',
  ];
  readonly #children: ChildProcess[] = [];
  readonly #folder: string;
  readonly #sessions = new Map<string, Promise<Page>>();
  #url = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static isHere(): boolean {
    return existsSync(join(SOURCE, 'wp-content/themes/twentytwentythree')) && existsSync('/usr/sbin/mariadbd');
  }

  static async start(folder: string): Promise<WordPress> {
    const site = new WordPress(folder);
    try {
      await site.#startDatabase();
      await site.#startPages();
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  get version(): string {
    return /\$wp_version = '([^']+)'/.exec(readFileSync(join(SOURCE, 'wp-includes/version.php'), 'utf8'))?.[1] ?? '?';
  }

  get #root(): string {
    return join(this.#folder, 'site');
  }

  /** What an administrator pastes into a header-and-footer box. */
  footer(code: string): void {
    const folder = join(this.#root, 'wp-content/mu-plugins');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'footer.php'), `<?php add_action('wp_footer', function () { ?>${code}<?php });`);
  }

  /** Uploaded, switched on and set up by an administrator, on WordPress's own pages. */
  async usePlugin(browser: Browser, server: string): Promise<void> {
    cpSync(PLUGIN, join(this.#root, 'wp-content/plugins/webrtc-elements'), { recursive: true });
    const page = await this.#session(browser, 'admin');
    await page.goto(`${this.#url}/wp-admin/plugins.php`);
    await Promise.all([page.waitForNavigation(), page.click('[data-plugin^="webrtc-elements/"] .activate a')]);
    await page.goto(`${this.#url}/wp-admin/options-general.php?page=webrtc-elements`);
    await page.type('#webrtc-elements-server', server);
    await Promise.all([page.waitForNavigation(), page.click('#submit')]);
  }

  /** Saves a post as the block editor does; the answer is its address. */
  async publish(browser: Browser, who: string, content: string): Promise<string> {
    const page = await this.#session(browser, who);
    return page.evaluate(async (text) => {
      const { wp } = window as unknown as { wp: { apiFetch(request: object): Promise<{ link: string }> } };
      const data = { title: 'A call', status: 'publish', content: text };
      return (await wp.apiFetch({ path: '/wp/v2/posts', method: 'POST', data })).link;
    }, content);
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      // Its workers, too: PHP does not take them along.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await gone;
    }
  }

  /** Somebody's browser, logged in, with the editor open. */
  async #session(browser: Browser, who: string): Promise<Page> {
    const login = async () => {
      const context: BrowserContext = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(`${this.#url}/wp-login.php`);
      await page.waitForSelector('#user_login');
      await page.evaluate(
        (name, password) => {
          (document.querySelector('#user_login') as HTMLInputElement).value = name;
          (document.querySelector('#user_pass') as HTMLInputElement).value = password;
        },
        who,
        PASSWORD,
      );
      await Promise.all([page.waitForNavigation(), page.click('#wp-submit')]);
      return page;
    };
    const known = this.#sessions.get(who) ?? login();
    this.#sessions.set(who, known);
    const page = await known;
    await page.goto(`${this.#url}/wp-admin/post-new.php`, { timeout: 90_000, waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => 'wp' in window && 'apiFetch' in (window as unknown as { wp: object }).wp, {
      timeout: 90_000,
    });
    return page;
  }

  async #startDatabase(): Promise<void> {
    const data = join(this.#folder, 'data');
    const socket = join(this.#folder, 'db.sock');
    command('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${data}`,
      '--user=root',
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    this.#spawn('/usr/sbin/mariadbd', [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      '--user=root',
      `--pid-file=${join(this.#folder, 'db.pid')}`,
    ]);
    await until('the database', () => existsSync(socket), 60_000);
    const sql = "CREATE DATABASE wp; CREATE USER wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@localhost;";
    command('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--execute', sql]);
  }

  async #startPages(): Promise<void> {
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    cpSync(SOURCE, this.#root, { recursive: true, dereference: true, filter: (path) => !path.includes('/wp-content/uploads') });
    // Debian's own leads to /etc/wordpress.
    rmSync(join(this.#root, 'wp-config.php'), { force: true });
    writeFileSync(join(this.#root, 'wp-config.php'), this.#config());
    const setup = join(this.#folder, 'setup.php');
    writeFileSync(
      setup,
      `<?php define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1:${port}';
require '${this.#root}/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('A site', 'admin', 'admin@example.org', true, '', '${PASSWORD}');
wp_insert_user(array('user_login' => 'author', 'user_pass' => '${PASSWORD}', 'user_email' => 'author@example.org', 'role' => 'author'));`,
    );
    command('php', ['-d', 'error_reporting=0', setup]);
    // Several at once: WordPress asks itself.
    this.#spawn('php', ['-q', '-S', `127.0.0.1:${port}`, '-t', this.#root], { ...process.env, PHP_CLI_SERVER_WORKERS: '4' });
    await until('WordPress', async () => (await fetch(`${this.#url}/wp-login.php`)).ok, 60_000);
  }

  #config(): string {
    const key = () => randomBytes(24).toString('base64url');
    const names = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);
    const values = {
      DB_NAME: 'wp',
      DB_USER: 'wp',
      DB_PASSWORD: 'wp',
      DB_HOST: `localhost:${join(this.#folder, 'db.sock')}`,
      WP_HOME: this.#url,
      WP_SITEURL: this.#url,
      ...Object.fromEntries(names.map((name) => [name, key()])),
    };
    const lines = Object.entries(values).map(([name, value]) => `define('${name}', '${value}');`);
    const off = ['WP_HTTP_BLOCK_EXTERNAL', 'DISABLE_WP_CRON', 'AUTOMATIC_UPDATER_DISABLED'].map(
      (name) => `define('${name}', true);`,
    );
    return `<?php\n${[...lines, ...off].join('\n')}\n$table_prefix = 'wp_';\ndefined('ABSPATH') || define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n`;
  }

  #spawn(program: string, args: readonly string[], env = process.env): void {
    const child = spawn(program, args, { stdio: 'ignore', env, detached: true });
    this.#children.push(child);
  }
}

function command(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`${program} failed:\n${stdout}${stderr}`);
}

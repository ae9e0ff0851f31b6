import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };

// What electron-builder and the workflow are told, read by electron-builder's own parts. The package itself: test/integration/electron/package.test.ts.

const project = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(project, file), 'utf8');
/** Reads the parts of a tool as the tool does. */
const partsOf = (name: string) => createRequire(path.join(project, 'node_modules', name, 'package.json'));
const { load } = partsOf('electron-updater')('js-yaml') as {
  load: (text: string) => unknown;
};

interface Platform {
  target: string | string[];
  icon: string;
}
interface Configuration {
  artifactName: string;
  files: string[];
  extraResources: { from: string; to: string }[];
  directories: { buildResources: string };
  protocols: { schemes: string[] }[];
  linux: Platform & { executableName: string; syncDesktopName: boolean };
  win: Platform;
  mac: Platform;
}
const configuration = load(read('electron-builder.yml')) as Configuration;

it('is a configuration that this electron-builder takes', async () => {
  const builder = partsOf('app-builder-lib');
  const { validateConfiguration } = builder('./out/util/config/config.js') as {
    validateConfiguration: (given: unknown, log: unknown) => Promise<void>;
  };
  const log = { isEnabled: false, add: () => undefined };
  await expect(validateConfiguration(structuredClone(configuration), log)).resolves.toBeUndefined();
  await expect(validateConfiguration({ ...configuration, linux: { icons: 'x' } }, log)).rejects.toThrow(
    'does not match the API schema',
  );
});

it('makes the packages of three platforms, each named by version, system and processor alone', () => {
  expect([configuration.linux.target, configuration.win.target, configuration.mac.target]).toEqual([
    ['AppImage', 'deb'],
    'nsis',
    'dmg',
  ]);
  expect(configuration.artifactName).toBe('${productName}-${version}-${os}-${arch}.${ext}');
});

it('takes icons and what is packed beside the archive from files that are there, or that the build makes', () => {
  const { linux, win, mac, directories, extraResources } = configuration;
  for (const place of [linux.icon, win.icon, mac.icon, directories.buildResources])
    expect([place, existsSync(path.join(project, place))]).toEqual([place, true]);
  expect(extraResources.map(({ from }) => from)).toEqual(['LICENSE', 'dist/third-party-licences.txt']);
  const pictures = new Set(read('electron/main/index.ts').match(/\d+x\d+\.png/g));
  expect(pictures.size).toBe(3);
  for (const picture of pictures) expect(configuration.files).toContain(`electron/icons/${picture}`);
});

it('has an entry for the desktops of Linux that knows its windows, in both languages, and takes links', () => {
  const { LinuxTargetHelper } = partsOf('app-builder-lib')('./out/targets/LinuxTargetHelper.js') as {
    LinuxTargetHelper: new (packager: unknown) => {
      computeDesktopEntry(options: unknown): Promise<string> | string;
      getDesktopFileName(): string;
    };
  };
  const helper = new LinuxTargetHelper({
    appInfo: {
      productName: 'Calepin',
      sanitizedProductName: 'Calepin',
      description: packageJson.description,
    },
    executableName: configuration.linux.executableName,
    info: { metadata: packageJson },
    fileAssociations: [],
    config: configuration,
    platformSpecificBuildOptions: configuration.linux,
  });
  expect(helper.getDesktopFileName()).toBe('calepin');
  return Promise.resolve(helper.computeDesktopEntry(configuration.linux)).then((entry) => {
    const lines = entry.trim().split('\n');
    for (const line of [
      'Name=Calepin',
      'Exec=/opt/Calepin/calepin %U',
      'Icon=calepin',
      'StartupWMClass=calepin',
      'MimeType=x-scheme-handler/calepin;',
      'Categories=Office;',
      'GenericName[fr]=Notes à plusieurs',
    ])
      expect(lines).toContain(line);
    const keys = lines.map((line) => line.split('=')[0]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of ['GenericName', 'Keywords', 'Comment']) expect(keys).toContain(`${key}[fr]`);
  });
});

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<
    string,
    { strategy: { matrix: { include: { platform: string; arch: string }[] } }; steps: Step[] }
  >;
}

it('has a workflow that builds each platform from the lock file, may write nothing, and publishes nothing', () => {
  const text = read('.github/workflows/packages.yml');
  const { permissions, jobs } = load(text) as Workflow;
  expect(permissions).toEqual({ contents: 'read' });
  expect(text).not.toMatch(/secrets\./);
  expect(Object.keys(jobs)).toEqual(['packages']);
  const { strategy, steps } = jobs['packages'] ?? { strategy: { matrix: { include: [] } }, steps: [] };
  expect(strategy.matrix.include.map(({ platform, arch }) => `${platform}-${arch}`)).toEqual([
    'linux-x64',
    'win-x64',
    'mac-arm64',
  ]);
  // Every platform's database is in the package already.
  for (const name of ['linux-x64', 'win32-x64', 'darwin-arm64'])
    expect(existsSync(path.join(project, `node_modules/better-sqlite3/prebuilds/${name}.node`)), name).toBe(
      true,
    );
  const used = steps.flatMap(({ uses }) => uses ?? []);
  expect(used.filter((name) => !/^actions\/[a-z-]+@v\d+$/.test(name))).toEqual([]);
  const commands = steps.flatMap(({ run }) => run ?? []);
  expect(commands[0]).toBe('npm ci --ignore-scripts');
  for (const [, name = ''] of commands.join('\n').matchAll(/npm run (\S+)/g))
    expect(Object.keys(packageJson.scripts)).toContain(name);
  expect(commands.find((command) => command.includes('electron-builder'))).toContain('--publish never');
});

import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** What is taken from the shell. */
export interface DragExportDependencies {
  /** Writes a finished export into a file. @throws Error when it is no longer there. */
  readonly write: (exportId: string, file: string) => Promise<void>;
  /** Of the system, absolute: files that a drag hands to another program have to be somewhere. */
  readonly temporaryFolder: string;
  /** Absolute path of the picture under the pointer. */
  readonly picture: string;
}

/** What of a page takes part in a drag. */
export interface DragSource {
  startDrag(item: { file: string; icon: string }): void;
}

/**
 * Lets a finished export be dragged out of its window into another program or a folder, under its own name. The files stay until the application ends: a program may read
 * what was dropped on it later.
 */
export class DragExport {
  readonly #dependencies: DragExportDependencies;
  #folder: Promise<string> | null = null;
  readonly #written = new Map<string, Promise<string>>();

  constructor(dependencies: DragExportDependencies) {
    this.#dependencies = dependencies;
  }

  /** Begins the drag, once the file is there. @param suggestedName - of the file; a folder in it is left out. */
  async start(exportId: string, suggestedName: string, source: DragSource): Promise<void> {
    const written = this.#written.get(exportId) ?? this.#write(exportId, suggestedName);
    this.#written.set(exportId, written);
    try {
      source.startDrag({ file: await written, icon: this.#dependencies.picture });
    } catch (error) {
      this.#written.delete(exportId);
      throw error;
    }
  }

  async #write(exportId: string, suggestedName: string): Promise<string> {
    const { write, temporaryFolder } = this.#dependencies;
    this.#folder ??= mkdtemp(path.join(temporaryFolder, 'calepin-'));
    const folder = await mkdtemp(path.join(await this.#folder, 'export-'));
    // What separates folders on any system, and what Windows takes in no name.
    const name = path.basename(suggestedName).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
    const file = path.join(folder, /^\.*$/.test(name) ? 'Calepin.pdf' : name);
    await write(exportId, file);
    return file;
  }

  /** Takes the files away; at the end of the application. */
  async close(): Promise<void> {
    const folder = await this.#folder;
    this.#folder = null;
    this.#written.clear();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

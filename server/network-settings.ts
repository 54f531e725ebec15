/** What people set of the network while Muster runs: branches and definitions, in a file that is changed as a whole. */
import { mkdirSync, watch } from 'node:fs';
import type { NetworkFile } from '#shared/network.ts';
import {
  type ConfiguredNetwork,
  createNetwork,
  NETWORK_FILE,
  type NetworkContent,
  readNetworkFile,
  writeNetworkFile,
} from './network.ts';

export interface NetworkSettings {
  /** What can be set, without what comes from elsewhere. */
  get(): NetworkFile;
  /** Keeps another content; resolves when it is in force. */
  put(file: NetworkFile): Promise<void>;
}

export interface OpenNetworkSettings extends NetworkSettings {
  network: ConfiguredNetwork;
  /** Takes what is changed in the file by hand; a file that cannot be read leaves all as it was, and `onError` is told. */
  follow(signal: AbortSignal, onError: (error: unknown) => void): void;
}

/**
 * The network of the file in `folder`. What stands `beside` it cannot be set here; it is asked for again when the file
 * `besideFolder` has is changed. Throws ConfigError naming the field.
 */
export function openNetworkSettings(parts: {
  folder: string;
  beside?: { folder: string; content: () => NetworkContent };
}): OpenNetworkSettings {
  const { folder, beside } = parts;
  const elsewhere = (): NetworkContent => beside?.content() ?? { branches: [], sourceKeys: [] };
  const read = (others: NetworkContent): NetworkFile =>
    readNetworkFile(
      folder,
      others.branches.map(({ id }) => id),
    );
  let others = elsewhere();
  let own = read(others);
  const network = createNetwork(joined(others, own));
  let inForce: Promise<unknown> = Promise.resolve();

  const enforce = (): Promise<void> => {
    const next = inForce.catch(() => undefined).then(() => network.replace(joined(others, own)));
    inForce = next;
    return next;
  };

  return {
    network,
    get: () => own,
    put(file) {
      writeNetworkFile(folder, file);
      own = file;
      return enforce();
    },
    follow(signal, onError) {
      for (const each of beside === undefined ? [folder] : [folder, beside.folder]) {
        mkdirSync(each, { recursive: true, mode: 0o700 });
        const watcher = watch(each, { signal, persistent: false }, (_event, name) => {
          if (name !== NETWORK_FILE) return;
          try {
            others = elsewhere();
            own = read(others);
            enforce().catch(onError);
          } catch (error) {
            onError(error);
          }
        });
        watcher.on('error', onError);
      }
    },
  };
}

const joined = (others: NetworkContent, own: NetworkFile): NetworkContent => ({
  branches: [...others.branches, ...own.branches],
  sourceKeys: [...others.sourceKeys, ...own.sourceKeys],
  definitions: [...(others.definitions ?? []), ...own.definitions],
  calendar: [...(others.calendar ?? []), ...own.calendar],
});

/** The branches and source keys of this installation, from the file `network.json` in the data folder. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { BranchProfile, type BranchProfileInput, NetworkFile, type SourceKey } from '#shared/network.ts';
import { ConfigError } from './config.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export interface Network {
  branch(id: string): BranchProfile | undefined;
  branches(): readonly BranchProfile[];
  /** True when branches are learned as they come, so that the list is never complete. */
  isOpen: boolean;
  /** The key somebody presents, or `undefined`. */
  sourceKey(presented: string): SourceKey | undefined;
  /** All keys of the file. */
  sourceKeys(): readonly SourceKey[];
}

const NETWORK_FILE = 'network.json';
const fileOf = (dataDir: string): string => join(dataDir, NETWORK_FILE);

/** Reads the file; without one there are no branches and no keys. Throws {@link ConfigError} naming the field. */
export function readNetworkFile(dataDir: string): NetworkFile {
  const nothing = { branches: [], sourceKeys: [], definitions: [], calendar: [] };
  return readJsonFile(fileOf(dataDir), NetworkFile) ?? nothing;
}

export interface ConfiguredNetwork extends Network {
  /** Takes other source keys from now on. */
  replaceKeys(keys: readonly SourceKey[]): void;
}

/** A network of these branches and keys. Throws {@link ConfigError} when an id stands twice. */
export function createNetwork(
  file: Pick<NetworkFile, 'branches' | 'sourceKeys'> & Partial<NetworkFile>,
): ConfiguredNetwork {
  const branches = new Map(file.branches.map((branch) => [branch.id, withShared(branch, file)]));
  if (branches.size < file.branches.length) throw new ConfigError('two branches have the same id');
  let keys = byHash(file.sourceKeys);
  return {
    replaceKeys(replaced) {
      keys = byHash(replaced);
    },
    branch: (id) => branches.get(id),
    branches: () => [...branches.values()],
    isOpen: false,
    sourceKey: (presented) => keys.get(sha256(presented)),
    sourceKeys: () => [...keys.values()],
  };
}

const withShared = (
  branch: BranchProfile,
  { definitions = [], calendar = [] }: Partial<NetworkFile>,
): BranchProfile => ({
  ...branch,
  definitions: [
    ...branch.definitions,
    ...definitions.filter((each) => each.branch === undefined || each.branch === branch.id),
  ],
  calendar: [
    ...branch.calendar,
    ...calendar.filter(({ date }) => !branch.calendar.some((own) => own.date === date)),
  ],
});

const byHash = (keys: readonly SourceKey[]): Map<string, SourceKey> =>
  new Map(keys.map((key) => [key.sha256, key]));

/**
 * Follows the source keys of the file while the process runs; branches are read at the start only. A file that
 * cannot be read leaves the keys as they are, and `onError` is told.
 */
export function followSourceKeys(
  dataDir: string,
  network: ConfiguredNetwork,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const watcher = watch(dataDir, { signal, persistent: false }, (_event, name) => {
    if (name !== NETWORK_FILE) return;
    try {
      network.replaceKeys(readNetworkFile(dataDir).sourceKeys);
    } catch (error) {
      onError(error);
    }
  });
  watcher.on('error', onError);
}

/** Profiles with their defaults filled in. */
export const completeProfiles = (inputs: readonly BranchProfileInput[]): BranchProfile[] =>
  inputs.map((input) => BranchProfile.parse(input));

/** Makes a key for a source, writes its hash into the file, and gives the key: it cannot be shown again. */
export function addSourceKey(dataDir: string, source: string, branches: string[]): string {
  const { key, entry } = newSourceKey(source, branches);
  const file = readNetworkFile(dataDir);
  writeJsonFile(fileOf(dataDir), { ...file, sourceKeys: [...file.sourceKeys, entry] });
  return key;
}

/** A random key and what is kept of it. */
export function newSourceKey(source: string, branches: string[]): { key: string; entry: SourceKey } {
  const key = `mk_${randomBytes(32).toString('base64url')}`;
  return { key, entry: { source, sha256: sha256(key), branches } };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What every branch of an open network is made from. */
export type OpenProfile = Omit<BranchProfileInput, 'id' | 'name'>;

/** A network that takes every branch as it comes: for replays. */
export function openNetwork(profile: OpenProfile): Network {
  const branches = new Map<string, BranchProfile>();
  return {
    branch(id) {
      let known = branches.get(id);
      if (known === undefined) {
        known = BranchProfile.parse({ ...profile, id, name: { zh: id, en: id } });
        branches.set(id, known);
      }
      return known;
    },
    branches: () => [...branches.values()],
    isOpen: true,
    sourceKey: () => undefined,
    sourceKeys: () => [],
  };
}

/** The branches and source keys of this installation, from the file `network.json` in the data folder. */
import { hash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  BranchProfile,
  type BranchProfileInput,
  type NetworkFile,
  networkFileBeside,
  type SourceKey,
} from '#shared/network.ts';
import { ConfigError } from './config.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export interface Network {
  branch(id: string): BranchProfile | undefined;
  branches(): readonly BranchProfile[];
  /** The key somebody presents, or `undefined`. */
  sourceKey(presented: string): SourceKey | undefined;
  /** All keys of the file. */
  sourceKeys(): readonly SourceKey[];
  /** Adds somebody who must know all branches as they will be before that is in force. */
  prepare(listener: (branches: readonly BranchProfile[]) => Promise<void>): void;
  /** Adds somebody who is told which branches are new or described otherwise, once that is in force. */
  hear(listener: (changed: readonly string[]) => void): void;
}

/** What the file is called. */
export const NETWORK_FILE = 'network.json';
const fileOf = (folder: string): string => join(folder, NETWORK_FILE);

/**
 * Reads the file; without one there are no branches and no keys. Definitions may also name branches that are described
 * `elsewhere`. Throws {@link ConfigError} naming the field.
 */
export function readNetworkFile(folder: string, elsewhere: readonly string[] = []): NetworkFile {
  const nothing = { branches: [], sourceKeys: [], definitions: [], calendar: [] };
  return readJsonFile(fileOf(folder), networkFileBeside(elsewhere)) ?? nothing;
}

/** Puts a file in the place of the one before. */
export const writeNetworkFile = (folder: string, file: NetworkFile): void => {
  writeJsonFile(fileOf(folder), file);
};

/** What a network is made of. */
export type NetworkContent = Pick<NetworkFile, 'branches' | 'sourceKeys'> & Partial<NetworkFile>;

export interface ConfiguredNetwork extends Network {
  /**
   * Takes another content; resolves when it is in force. A branch that is missing from it stays until the next start, as
   * what is live of it does. Throws {@link ConfigError} when an id stands twice.
   */
  replace(content: NetworkContent): Promise<void>;
}

/** A network of these branches and keys. Throws {@link ConfigError} when an id stands twice. */
export function createNetwork(content: NetworkContent): ConfiguredNetwork {
  let branches = profilesOf(content);
  let list = [...branches.values()];
  let keys = byHash(content.sourceKeys);
  const preparing: ((branches: readonly BranchProfile[]) => Promise<void>)[] = [];
  const hearing: ((changed: readonly string[]) => void)[] = [];
  return {
    async replace(replaced) {
      const next = new Map([...branches, ...profilesOf(replaced)]);
      // Who is described as before stays the same object: much is remembered by it.
      for (const [id, before] of branches)
        if (JSON.stringify(next.get(id)) === JSON.stringify(before)) next.set(id, before);
      const changed = [...next.keys()].filter((id) => next.get(id) !== branches.get(id));
      const all = [...next.values()];
      if (changed.length > 0) await Promise.all(preparing.map((prepare) => prepare(all)));
      branches = next;
      list = all;
      keys = byHash(replaced.sourceKeys);
      if (changed.length > 0) for (const hear of hearing) hear(changed);
    },
    branch: (id) => branches.get(id),
    branches: () => list,
    sourceKey: (presented) => keys.get(sha256(presented)),
    sourceKeys: () => [...keys.values()],
    prepare: (listener) => preparing.push(listener),
    hear: (listener) => hearing.push(listener),
  };
}

function profilesOf(content: NetworkContent): Map<string, BranchProfile> {
  const branches = new Map(content.branches.map((branch) => [branch.id, withShared(branch, content)]));
  if (branches.size < content.branches.length) throw new ConfigError('two branches have the same id');
  return branches;
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

/** Profiles with their defaults filled in. */
export const completeProfiles = (inputs: readonly BranchProfileInput[]): BranchProfile[] =>
  inputs.map((input) => BranchProfile.parse(input));

/** Makes a key for a source, writes its hash into the file, and gives the key: it cannot be shown again. */
export function addSourceKey(dataDir: string, source: string, branches: string[]): string {
  const { key, entry } = newSourceKey(source, branches);
  const file = readNetworkFile(dataDir);
  writeNetworkFile(dataDir, { ...file, sourceKeys: [...file.sourceKeys, entry] });
  return key;
}

/** A random key and what is kept of it. */
export function newSourceKey(source: string, branches: string[]): { key: string; entry: SourceKey } {
  const key = `mk_${randomBytes(32).toString('base64url')}`;
  return { key, entry: { source, sha256: sha256(key), branches } };
}

const sha256 = (text: string): string => hash('sha256', text);

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
    sourceKey: () => undefined,
    sourceKeys: () => [],
    prepare: () => undefined,
    hear: () => undefined,
  };
}

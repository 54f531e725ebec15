/** Views as of now for whoever asks over HTTP: the same objects as the socket's, no more than the caller may see. */
import { toSnapshot } from '#shared/delta.ts';
import { decodeView } from '#shared/view-codec.ts';
import type { Clock } from './clock.ts';
import type { ConsoleAccess } from './console-access.ts';
import { sceneOf } from './domain/waits/standing.ts';
import { waitingList } from './domain/waits/waiting-list.ts';
import type { LiveReader } from './http/read-routes.ts';
import type { LiveBranches } from './live-branches.ts';
import type { Network } from './network.ts';
import { viewSourceOf } from './publish/view-source.ts';

/** Reads live branches within the rights of the caller. */
export function liveReader(
  branches: LiveBranches,
  network: Network,
  clock: Clock,
  access: ConsoleAccess,
): LiveReader {
  return {
    branches: () =>
      network
        .branches()
        .filter(({ id }) => access.may('see', id))
        .map(({ id, name, region, channel }) => ({
          id,
          nameZh: name.zh,
          nameEn: name.en,
          region: region.id,
          regionZh: region.name.zh,
          regionEn: region.name.en,
          channel,
        })),
    view(request) {
      const allowed = access.narrowed(request);
      const source = allowed === null ? undefined : viewSourceOf(branches, allowed);
      return source && decodeView(request.view, toSnapshot(source.project(null, new Set(), clock.now())));
    },
    waiting(id) {
      const branch = access.may('see', id) ? branches.get(id) : undefined;
      if (branch === undefined) return undefined;
      const { live, profile } = branch;
      return (queue) => {
        const { state, version, waits: record } = live;
        const at = clock.now();
        const scene = sceneOf(state, profile, record, at);
        return { at, version, waiting: waitingList({ record, state, profile, scene }, queue) };
      };
    },
  };
}

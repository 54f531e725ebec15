/** What of a view somebody gets, decided before it is projected, so that nobody's frames hold more than they may see. */
import type { WatchRequest } from '#shared/protocol.ts';
import type { Network } from '../network.ts';
import type { ViewRequest } from '../publish/view-source.ts';
import { authorize, maySeeView, type Place, type Principal } from './authorize.ts';

/** A branch with its region, as the gate wants it. */
export const placeOf = (network: Network, branch: string): Place => ({
  branch,
  region: network.branch(branch)?.region.id,
});

/** The request as this principal may make it, rows of a scope narrowed to their own branches; `null` when not at all. */
export function narrowed(principal: Principal, request: WatchRequest, network: Network): ViewRequest | null {
  if (request.view !== 'row')
    return maySeeView(principal, request.view, placeOf(network, request.branch)) ? request : null;
  if (principal.kind === 'device') return null;
  if (authorize(principal, 'see', 'everywhere')) return request;
  const { scope } = request;
  const inScope = network.branches().filter(({ region }) => scope === 'all' || region.id === scope);
  const theirs = inScope.filter(({ id, region }) =>
    authorize(principal, 'see', { branch: id, region: region.id }),
  );
  if (theirs.length === 0) return null;
  if (theirs.length === inScope.length && scope !== 'all') return request;
  return { ...request, only: theirs.map(({ id }) => id) };
}

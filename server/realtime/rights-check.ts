/**
 * The rights of open sockets, looked at again: when somebody's change (push), and all of them from time to time (sweep).
 * Who cannot be looked up for long loses the socket, since nobody knows whether they still may.
 */
import type { WatchRequest } from '#shared/protocol.ts';
import type { Identity } from '../auth/accounts.ts';
import type { Principal } from '../auth/authorize.ts';
import type { ViewRequest } from '../publish/view-source.ts';
import type { LiveSocket } from './seat.ts';

/** Accounts that cannot be read for so long end the sockets of people, ms; walls hold no more than the hall shows. */
const FAIL_CLOSED_MS = 60_000;

/** Checks the sockets of these principals, or all; the hashes of credentials that still hold. */
export type RightsCheck = (concerns?: (principal: Principal) => boolean) => Promise<string[]>;

export interface RightsCheckParts {
  sockets: () => LiveSocket[];
  renew: (credentials: NonNullable<Identity['credential']>[]) => Promise<ReadonlyMap<string, Principal>>;
  narrowed: (principal: Principal, request: WatchRequest) => ViewRequest | null;
  unwatch: (socket: LiveSocket, channel: number) => void;
}

/** The check over these sockets. */
export function createRightsCheck({ sockets, renew, narrowed, unwatch }: RightsCheckParts): RightsCheck {
  let readAt = performance.now();

  const end = (socket: LiveSocket): void => {
    const lost = [...socket.data.watched.keys()];
    // First out of the rooms, so that nothing more is written behind the word that it is over.
    for (const channel of lost) unwatch(socket, channel);
    socket.emit('access', 'ended', lost);
    socket.disconnect(true);
  };

  const renewSeat = (socket: LiveSocket, principal: Principal): void => {
    if (JSON.stringify(principal) === JSON.stringify(socket.data.principal)) return;
    socket.data.principal = principal;
    const lost = [...socket.data.watched].flatMap(([channel, { asked, view }]) =>
      JSON.stringify(narrowed(principal, asked)) === JSON.stringify(view) ? [] : [channel],
    );
    for (const channel of lost) unwatch(socket, channel);
    socket.emit('access', 'changed', lost);
  };

  return async (concerns = () => true) => {
    const seats = sockets().filter(({ data }) => data.credential !== null && concerns(data.principal));
    const credentials = new Map(
      seats.flatMap(({ data: { credential } }) => (credential ? [[credential.hash, credential]] : [])),
    );
    let known: ReadonlyMap<string, Principal>;
    try {
      known = await renew([...credentials.values()]);
      readAt = performance.now();
    } catch (error) {
      if (performance.now() - readAt > FAIL_CLOSED_MS)
        for (const socket of sockets()) if (socket.data.principal.kind === 'person') end(socket);
      throw error;
    }
    for (const socket of seats) {
      const principal = known.get(socket.data.credential?.hash ?? '');
      if (principal === undefined) end(socket);
      else renewSeat(socket, principal);
    }
    return [...known.keys()];
  };
}

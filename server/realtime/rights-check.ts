/**
 * The rights of open sockets, looked at again: when somebody's change (push), and all of them from time to time (sweep).
 * Who cannot be looked up for long loses the socket, since nobody knows whether they still may.
 */
import type { WatchRequest } from '#shared/protocol.ts';
import type { Identity } from '../auth/accounts.ts';
import type { Principal } from '../auth/authorize.ts';
import type { Clock } from '../clock.ts';
import type { ViewRequest } from '../publish/view-source.ts';
import type { LiveSocket } from './seat.ts';

/**
 * Accounts that owe an answer for so long end the sockets of people, ms: at the fourth sweep, a minute after the last
 * answer. Walls stay: they hold no more than the hall shows.
 */
const FAIL_CLOSED_MS = 40_000;

/** Checks the sockets of these principals, or all; the hashes of credentials that still hold. */
export type RightsCheck = (concerns?: (principal: Principal) => boolean) => Promise<string[]>;

export interface RightsCheckParts {
  sockets: () => LiveSocket[];
  renew: (credentials: NonNullable<Identity['credential']>[]) => Promise<ReadonlyMap<string, Principal>>;
  narrowed: (principal: Principal, request: WatchRequest) => ViewRequest | null;
  unwatch: (socket: LiveSocket, channel: number) => void;
  clock: Pick<Clock, 'monotonic'>;
}

/** The check over these sockets. */
export function createRightsCheck(parts: RightsCheckParts): RightsCheck {
  const { sockets, renew, narrowed, unwatch, clock } = parts;

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

  /** Before each question, so that an answer that never comes does not hold it up. */
  const endUnknown = (now: number): void => {
    for (const socket of sockets()) {
      const { principal, owedSince } = socket.data;
      if (principal.kind === 'person' && now - (owedSince ?? now) >= FAIL_CLOSED_MS) end(socket);
    }
  };

  return async (concerns = () => true) => {
    const now = clock.monotonic();
    endUnknown(now);
    const seats = sockets().filter(({ data }) => data.credential !== null && concerns(data.principal));
    for (const { data } of seats) data.owedSince ??= now;
    const credentials = new Map(
      seats.flatMap(({ data: { credential } }) => (credential ? [[credential.hash, credential]] : [])),
    );
    const known = await renew([...credentials.values()]);
    for (const socket of seats) {
      socket.data.owedSince = null;
      const principal = known.get(socket.data.credential?.hash ?? '');
      if (principal === undefined) end(socket);
      else renewSeat(socket, principal);
    }
    return [...known.keys()];
  };
}

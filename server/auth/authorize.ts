/** The single gate (rule SF1): who may do what to which branch. Deny is the default. */
import { type Action, ROLE_ACTIONS } from '#shared/access.ts';
import type { Grant, WallView } from '#shared/accounts.ts';
import type { ViewName } from '#shared/views.ts';

/** Who asks. */
export type Principal =
  | { kind: 'nobody' }
  /** Accounts are switched off: whoever reaches this machine. */
  | { kind: 'console' }
  | Person
  | { kind: 'device'; id: string; name: string; branch: string; view: WallView }
  | SourcePrincipal;

export interface Person {
  kind: 'person';
  id: string;
  login: string;
  name: string;
  demo: boolean;
  grants: readonly Grant[];
  /** Rises with every change of what the person may do. */
  epoch: number;
  /** `null`: a visitor of the demonstration, who never signed in. */
  session: { id: string; endsAt: number } | null;
}

export interface SourcePrincipal {
  kind: 'source';
  source: string;
  branches: readonly string[];
  /** Types of facts it may tell; absent: all. */
  types?: readonly string[] | undefined;
}

/** A branch with its region, or that it must hold somewhere, or everywhere. */
export type Place = 'somewhere' | 'everywhere' | { branch: string; region: string | undefined };

/** What nobody can do while there are no accounts. */
const NEEDS_ACCOUNTS: readonly Action[] = ['administer', 'audit', 'keepDevices', 'tell'];

/** True when the principal may do this there. */
export function authorize(principal: Principal, action: Action, place: Place): boolean {
  switch (principal.kind) {
    case 'nobody':
      return false;
    case 'console':
      return !NEEDS_ACCOUNTS.includes(action);
    case 'person':
      return principal.grants.some(
        ({ role, scope }) => ROLE_ACTIONS[role].includes(action) && covers(scope, place),
      );
    case 'device':
      return action === 'see' && (place === 'somewhere' || isBranch(place, principal.branch));
    case 'source':
      return (
        action === 'tell' &&
        (place === 'somewhere' ||
          principal.branches.some((branch) => branch === '*' || isBranch(place, branch)))
      );
    default:
      return principal satisfies never;
  }
}

/** True when the principal gets this field set of a branch: a wall its own one, whoever may see it all of them. */
export function maySeeView(principal: Principal, view: ViewName, place: Place): boolean {
  return authorize(principal, 'see', place) && (principal.kind !== 'device' || principal.view === view);
}

const isBranch = (place: Place, branch: string): boolean =>
  typeof place === 'object' && place.branch === branch;

function covers(scope: Grant['scope'], place: Place): boolean {
  if (scope.kind === 'all' || place === 'somewhere') return true;
  if (place === 'everywhere') return false;
  return scope.id === (scope.kind === 'branch' ? place.branch : place.region);
}

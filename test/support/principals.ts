/** Those who may ask, for tests that are not about who they are. */
import type { Principal } from '#server/auth/authorize.ts';

/** A person who is signed in and has no rights. */
export const PERSON: Principal = {
  kind: 'person',
  id: 'p',
  login: 'p',
  name: 'P',
  demo: false,
  grants: [],
  epoch: 1,
  session: { id: 's', endsAt: 0 },
};

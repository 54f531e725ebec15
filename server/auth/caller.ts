/** Who the request under way comes from. Carried beside it, so that no route can forget to pass it on. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from './authorize.ts';

export interface Caller {
  principal: Principal;
  address: string;
  requestId: string;
  /** True when an entry of the audit trail was written for it. */
  audited?: boolean;
}

const current = new AsyncLocalStorage<Caller>();

/** Outside of a request nobody asks. */
const NOBODY: Caller = { principal: { kind: 'nobody' }, address: '', requestId: '' };

/** Runs a request as this caller. */
export const runAs = <Result>(caller: Caller, run: () => Result): Result => current.run(caller, run);

/** The caller of the request under way. */
export const caller = (): Caller => current.getStore() ?? NOBODY;

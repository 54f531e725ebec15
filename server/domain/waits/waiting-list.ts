/** Who waits in a queue, who comes before whom, and how much longer it takes each (rules WT2, WT5). */
import type { WaitingRow } from '#shared/expected-waits.ts';
import type { BranchState } from '../branch/state.ts';
import { nextConsoleWait } from './console-wait.ts';
import { estimateWaiting, type Surroundings } from './estimate.ts';
import { customersOf } from './standing.ts';

/**
 * Those who wait in a queue, in the order they are served in; then those who missed their call and may come back, for
 * whom nobody can say how long it takes. Nobody in a queue that is not known.
 */
export function waitingList(around: Surroundings, queue: string): WaitingRow[] {
  const { state } = around;
  const inLine = customersOf(state, queue)
    .sort((one, other) => other.priority - one.priority || one.queuedAt - other.queuedAt)
    .map((customer): WaitingRow => {
      const { estimate, none } = estimateWaiting(around, customer);
      const shown = estimate === null ? null : nextConsoleWait(null, estimate);
      return {
        ticket: state.contacts.get(customer.contact ?? '')?.ticket ?? null,
        queuedAt: customer.queuedAt,
        priority: customer.priority,
        missed: false,
        p50Seconds: shown?.p50Seconds ?? null,
        p80Seconds: shown?.p80Seconds ?? null,
        none,
      };
    });
  return [...inLine, ...missedOf(state, queue)];
}

function missedOf({ contacts, missed }: BranchState, queue: string): WaitingRow[] {
  return [...missed.keys()].flatMap((id): WaitingRow[] => {
    const contact = contacts.get(id);
    if (contact === undefined || contact.queue !== queue || contact.queuedAt === null) return [];
    const { ticket, queuedAt, priority } = contact;
    return [{ ticket, queuedAt, priority, missed: true, p50Seconds: null, p80Seconds: null, none: null }];
  });
}

/**
 * Services at an agent or a counter, as a list that late facts can still change: in order of their ends, those that go
 * on last, so that the present is found at the end of it.
 */
import type { Service } from './state.ts';

const isOver = ({ to }: Service, at: number): boolean => to !== null && to <= at;

export function isServing(services: readonly Service[], at: number): boolean {
  for (let i = services.length - 1; i >= 0; i--) {
    const service = services[i];
    if (service === undefined || isOver(service, at)) return false;
    if (service.from <= at) return true;
  }
  return false;
}

/** The service that goes on and began first. */
export function runningService(services: readonly Service[]): Service | undefined {
  let first: Service | undefined;
  for (let i = services.length - 1; i >= 0; i--) {
    const service = services[i];
    if (service === undefined || service.to !== null) break;
    if (first === undefined || service.from < first.from) first = service;
  }
  return first;
}

/** The service that was over last before, or at, an instant. */
export const lastService = (services: readonly Service[], at: number): Service | undefined =>
  services.findLast((service) => isOver(service, at));

/** Adds the instants after `from` at which a service begins or ends. */
export function addChanges(services: readonly Service[], from: number, changes: number[]): void {
  for (let i = services.length - 1; i >= 0; i--) {
    const service = services[i];
    if (service === undefined || isOver(service, from)) return;
    if (service.from > from) changes.push(service.from);
    if (service.to !== null) changes.push(service.to);
  }
}

/** Notes what is known of a service; from when on that changes anything, `Infinity` when nothing. */
export function noteService(services: Service[], told: Service): number {
  const index = indexOf(services, told);
  const known = services[index];
  if (known?.to === told.to && known.queue === told.queue) return Infinity;
  if (known) services.splice(index, 1);
  let i = services.length;
  while (i > 0 && endOf(services[i - 1]) > endOf(told)) i--;
  services.splice(i, 0, told);
  return known ? Math.min(endOf(known), endOf(told)) : told.from;
}

const endOf = (service: Service | undefined): number => service?.to ?? Infinity;

/** Takes a service away that was somebody else's; from when on that changes anything, `Infinity` when nothing. */
export function dropService(services: Service[], told: Service): number {
  const index = indexOf(services, told);
  if (index < 0) return Infinity;
  services.splice(index, 1);
  return told.from;
}

/** The place of a service in the list, −1 when it is not there. */
function indexOf(services: readonly Service[], { contact, from }: Service): number {
  for (let i = services.length - 1; i >= 0; i--) {
    const service = services[i];
    if (service?.contact === contact && service.from === from) return i;
    if (endOf(service) < from) return -1;
  }
  return -1;
}

/** Forgets services that were over before an instant, but for the last one: a wrap-up may still refer to it. */
export function dropServicesBefore(services: Service[], at: number): void {
  let over = 0;
  while (endOf(services[over]) < at) over++;
  if (over > 1) services.splice(0, over - 1);
}

/** Every figure Muster shows, by id: what it is called, how it is made, which rule it follows. `docs/kpi.md` prints it. */
import { QUEUE_CATALOGUE } from './queue-catalogue.ts';
import { STAFF_CATALOGUE } from './staff-catalogue.ts';

export const CATALOGUE = { ...QUEUE_CATALOGUE, ...STAFF_CATALOGUE } as const;

export type FigureId = keyof typeof CATALOGUE;

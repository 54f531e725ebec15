/** Wire order of every view: which field stands where. */
import { FLOOR, NETWORK } from './console-schemas.ts';
import type { ViewSchema } from './delta.ts';
import type { ViewName } from './views.ts';
import { CUSTOMER_WALL, STAFF_WALL } from './wall-schemas.ts';

export const SCHEMAS: { readonly [V in ViewName]: ViewSchema } = {
  floor: FLOOR,
  row: NETWORK,
  customerWall: CUSTOMER_WALL,
  staffWall: STAFF_WALL,
};

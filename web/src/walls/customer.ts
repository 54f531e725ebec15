/** `/w/<branch>/customer`: the screen for those who wait. */
import { CUSTOMER_WALL } from '#shared/wall-schemas.ts';
import CustomerWall from '#lib/views/wall/CustomerWall.svelte';
import { openWall } from './open-wall.ts';

await openWall('customerWall', CUSTOMER_WALL, CustomerWall);

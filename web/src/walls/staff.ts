/** `/w/<branch>/staff`: the screen for those who serve. */
import { STAFF_WALL } from '#shared/wall-schemas.ts';
import StaffWall from '#lib/views/wall/StaffWall.svelte';
import { openWall } from './open-wall.ts';

await openWall('staffWall', STAFF_WALL, StaffWall);

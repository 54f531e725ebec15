/** Addresses of the walls. They are pages of their own, apart from the consoles. */
import type { WallView } from '#shared/accounts.ts';

/** The board of a hall. */
export const boardPath = (view: WallView, hall: string): string =>
  `/w/${encodeURIComponent(hall)}/${view === 'customerWall' ? 'customer' : 'staff'}`;
/** The board a place needs first: a hall has customers to tell, a hotline only its own people. */
export const usualBoard = (channel: string | undefined): WallView =>
  channel === undefined || channel === 'hall' ? 'customerWall' : 'staffWall';

/** Where a screen shows the code by which it is paired. */
export const pairPath = '/wall/pair';

import { redirect } from '@sveltejs/kit';
import { ALL, movesPath } from '#lib/stores/address.ts';

export const load = () => redirect(307, movesPath(ALL));

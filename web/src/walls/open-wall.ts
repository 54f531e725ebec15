/** Starts a screen that nobody attends. What it shows is in its address alone; it has no use for a router. */
import '#lib/styles/base.css';
import '#lib/styles/wall.css';
import { type Component, mount } from 'svelte';
import type { ViewSchema } from '#shared/delta.ts';
import { WALL_LIMITS } from '#lib/live/freshness.ts';
import { clock } from '#lib/stores/clock.svelte.ts';
import { type LiveView, openView } from '#lib/stores/live-view.svelte.ts';
import { themeKept, themeOfAddress } from '#lib/stores/theme-choice.ts';
import { WallDevice } from '#lib/stores/wall-device.svelte.ts';
import { type WallLanguage, wallLanguage } from '#lib/views/wall/wall-language.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';

/** What a screen is told by its address. */
export interface WallAddress {
  /** The branch of `/w/<branch>/…`; '' elsewhere. */
  branch: string;
  language: WallLanguage;
  device: WallDevice;
}

const BRANCH = /^\/w\/([^/]+)\//;

/** Reads the address, sets language and theme of the page, and starts its clock; once in the life of a page. */
export function startWall(): WallAddress {
  const parameters = new URLSearchParams(location.search);
  const language = wallLanguage(parameters.get('lang'));
  const theme = themeOfAddress() ?? themeKept();
  const root = document.documentElement;
  root.lang = language.main;
  if (theme !== null) root.dataset['theme'] = theme;
  overwriteGetLocale(() => language.main);
  clock.start();
  const branch = decodeURIComponent(BRANCH.exec(location.pathname)?.[1] ?? '');
  return { branch, language, device: new WallDevice(parameters) };
}

/** Shows a board, as soon as its first data has come or has been waited for long enough. */
export async function openWall<V extends 'customerWall' | 'staffWall'>(
  name: V,
  schema: ViewSchema,
  board: Component<{ view: LiveView<V>; language: WallLanguage; device: WallDevice }>,
): Promise<void> {
  const { branch, language, device } = startWall();
  const view = await openView<V>(schema, { view: name, branch }, WALL_LIMITS);
  mount(board, { target: document.body, props: { view, language, device } });
}

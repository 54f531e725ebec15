/** The suggestions of a place and how such came true: asked for when shown, and again and again while it is looked at. */
import { onDestroy } from 'svelte';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { SuggestionsAnswer } from '#shared/suggestions.ts';
import { api } from '#lib/api.ts';
import { ALL } from './address.ts';
import { clock } from './clock.svelte.ts';
import { Remote } from './remote.svelte.ts';

/** A branch, or the branches of a scope (`all` or a region's id). */
type SuggestionPlaces = { branch: string } | { scope: string };

/** What suggestions that stand beside a screen need of it. */
export interface BesideProps {
  places: SuggestionPlaces;
  now: number;
  zone: string;
  /** The figures on the screen are live. */
  current: boolean;
  /** Another value says that something has changed. */
  news?: unknown;
  /** Leads to where a plan of one's own is tried. */
  ontry?: (() => void) | undefined;
}

const LIST_MS = 5_000;
/** Where news of one's own hall comes by itself only those of others are asked for. */
const LIST_WITH_NEWS_MS = 20_000;
const RECORD_MS = 60_000;

export class Suggestions {
  readonly list: Remote<SuggestionsAnswer>;
  readonly record: Remote<SuggestionRecordAnswer>;
  #listAt = clock.beatAt;
  #recordAt = clock.beatAt;
  #listMs: number;

  /** For a component, while it is made, which says itself when there is news of its hall or leaves that to us. */
  constructor(places: SuggestionPlaces, hasNews = false) {
    this.#listMs = hasNews ? LIST_WITH_NEWS_MS : LIST_MS;
    const query = queryOf(places);
    this.list = new Remote(() => api.get(`/suggestions${query}`));
    this.record = new Remote(() => api.get(`/suggestions/record${query}`));
    onDestroy(clock.onBeat(() => this.#look()));
  }

  /** Asks at once, as after something was done. */
  refresh(): void {
    this.#listAt = clock.beatAt;
    void this.list.refresh();
  }

  #look(): void {
    if (document.hidden) return;
    if (clock.beatAt - this.#listAt >= this.#listMs) this.refresh();
    if (clock.beatAt - this.#recordAt < RECORD_MS) return;
    this.#recordAt = clock.beatAt;
    void this.record.refresh();
  }
}

function queryOf(places: SuggestionPlaces): string {
  if ('branch' in places) return `?${new URLSearchParams(places).toString()}`;
  return places.scope === ALL ? '' : `?${new URLSearchParams({ region: places.scope }).toString()}`;
}

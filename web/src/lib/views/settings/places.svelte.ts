/** The places that rights are given for, in words and as lists to choose from. */
import type { Scope } from '#shared/access.ts';
import { loadPlaces, type Place } from '#lib/stores/places.ts';
import { preferences } from '#lib/stores/preferences.svelte.ts';
import { m } from '../../../paraglide/messages.js';

export interface Choice {
  id: string;
  name: string;
}

/** Branches and regions by name; empty while the server does not list them. */
export class Places {
  #places = $state.raw<readonly Place[]>([]);

  constructor() {
    loadPlaces().then(
      (places) => (this.#places = places),
      () => undefined,
    );
  }

  get branches(): Choice[] {
    return this.#places.map(({ id, nameZh, nameEn }) => ({ id, name: preferences.name(nameZh, nameEn) }));
  }

  get regions(): Choice[] {
    const names = new Map(
      this.#places.map(({ region, regionZh, regionEn }) => [region, preferences.name(regionZh, regionEn)]),
    );
    return [...names].map(([id, name]) => ({ id, name }));
  }

  /** The name of a branch; its id where it is unknown. */
  branch(id: string): string {
    return this.branches.find((branch) => branch.id === id)?.name ?? id;
  }

  /** What kind of place a branch is; a hall where it is unknown. */
  channel(id: string): string {
    return this.#places.find((place) => place.id === id)?.channel ?? 'hall';
  }

  /** Where a grant holds. */
  scope(scope: Scope): string {
    if (scope.kind === 'all') return m.all_branches();
    const choices = scope.kind === 'region' ? this.regions : this.branches;
    return choices.find(({ id }) => id === scope.id)?.name ?? scope.id;
  }
}

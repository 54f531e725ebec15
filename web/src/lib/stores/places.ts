/** The branches a person may go to, as the server lists them; asked for once. */

export interface Place {
  id: string;
  nameZh: string;
  nameEn: string;
  region: string;
  regionZh: string;
  regionEn: string;
  channel: string;
}

const URL_OF_BRANCHES = '/api/v1/branches';
let places: Promise<readonly Place[]> | undefined;

/** Rejects when the server does not answer; the next call asks again. */
export function loadPlaces(): Promise<readonly Place[]> {
  places ??= fetchPlaces().catch((error: unknown) => {
    places = undefined;
    throw error;
  });
  return places;
}

/** Branches may have been set up: they are asked for again. */
export function forgetPlaces(): void {
  places = undefined;
}

async function fetchPlaces(): Promise<readonly Place[]> {
  const response = await fetch(URL_OF_BRANCHES);
  if (!response.ok) throw new Error(`${URL_OF_BRANCHES} answered ${response.status}`);
  const { branches } = (await response.json()) as { branches: Place[] };
  return branches;
}

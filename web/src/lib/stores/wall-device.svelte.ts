/** The screen this page runs on: how it hangs, and whether it is paired, so that it may say how it is. */
import type { Me } from '#shared/accounts.ts';
import type { DeviceReport } from '#shared/administration.ts';
import { INCHES, METRES, USUAL_PLACING, type WallPlacing } from '#shared/wall-sizing.ts';
import { api } from '#lib/api.ts';

/** Who this screen is; `null` when it is not paired, or the server cannot be asked. */
export async function ownDevice(): Promise<Me['device']> {
  try {
    return (await api.get<Me>('/me')).device;
  } catch {
    return null;
  }
}

export class WallDevice {
  placing = $state.raw<WallPlacing>(USUAL_PLACING);
  #asked: Partial<WallPlacing>;
  #isPaired = false;

  /** `?inches=` and `?metres=` of the address go before what was said when it was paired. */
  constructor(parameters: URLSearchParams) {
    this.#asked = {
      ...within(parameters, 'inches', INCHES),
      ...within(parameters, 'metres', METRES),
    };
    this.placing = { ...USUAL_PLACING, ...this.#asked };
  }

  /** Asks the server who this is. */
  async learn(): Promise<void> {
    const device = await ownDevice();
    if (device === null) return;
    this.#isPaired = true;
    this.placing = { inches: device.inches, metres: device.metres, ...this.#asked };
  }

  /** Says how it is, when it is paired; a server that is away notices the silence itself. */
  async report(report: DeviceReport): Promise<void> {
    if (!this.#isPaired) await this.learn();
    if (this.#isPaired) await api.post('/me/report', report).catch(() => undefined);
  }
}

function within(
  parameters: URLSearchParams,
  name: keyof WallPlacing,
  { min, max }: { min: number; max: number },
): Partial<WallPlacing> {
  const asked = Number(parameters.get(name) ?? NaN);
  return asked >= min && asked <= max ? { [name]: asked } : {};
}

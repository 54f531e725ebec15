/** Something that people replace as a whole while Muster runs. */
export interface KeptValue<T> {
  /** `null` while nobody said anything. */
  get(): T | null;
  put(value: T): void;
}

/** Holds `first` until something else is put, which `keep` takes before it is in force. */
export function keptValue<T>(first: T | null, keep: (value: T) => void = () => undefined): KeptValue<T> {
  let current = first;
  return {
    get: () => current,
    put(replaced) {
      keep(replaced);
      current = replaced;
    },
  };
}

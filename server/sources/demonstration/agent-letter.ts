/** Agents' codes begin with the hall's initial, without its mark (Ż), so that codes can be typed anywhere. */
export const agentLetter = (name: string): string => name.normalize('NFD').charAt(0);

/** How long nothing may be touched before a wallet locks: what can be chosen. */
export const lockMinutesChoices = [1, 5, 15, 60] as const;
export const lockMinutesUsual = 5;

/** The words of colleagues at a ticket, in English. */
export const presenceEn = {
  presence: {
    replying: (names: string, n: number) => `${names} ${n === 1 ? 'is' : 'are'} replying`,
    viewing: (names: string, n: number) => `${names} ${n === 1 ? 'is' : 'are'} here`,
  },
} as const;

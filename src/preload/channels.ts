/** The two IPC channels there are, for the preload script and the Electron shell. */
export const callChannel = 'staffdesk:call';
export const eventChannel = 'staffdesk:event';

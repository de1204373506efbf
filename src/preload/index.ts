import { contextBridge, ipcRenderer } from 'electron';
import { callNames, eventNames, type StaffdeskBridge } from '../contract/bridge.ts';
import { callChannel, eventChannel } from './channels.ts';

/**
 * `window.staffdesk`: the contract's names and nothing else. Neither ipcRenderer nor its event
 * objects reach the page.
 */
const bridge: StaffdeskBridge = {
  shell: 'electron',
  call(name, input) {
    if (!callNames.includes(name)) return Promise.reject(new Error('There is no such call.'));
    return ipcRenderer.invoke(callChannel, name, input);
  },
  on(name, listener) {
    if (!eventNames.includes(name)) throw new Error('There is no such event.');
    const receive = (_event: unknown, sent: unknown, payload: unknown): void => {
      if (sent === name) listener(payload);
    };
    ipcRenderer.on(eventChannel, receive);
    return () => {
      ipcRenderer.off(eventChannel, receive);
    };
  },
};

contextBridge.exposeInMainWorld('staffdesk', bridge);

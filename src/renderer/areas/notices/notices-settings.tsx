import { Bell, BellDot, Volume2 } from 'lucide-react';
import { useState } from 'react';
import {
  noticeChannels,
  noticeEvents,
  noticeOwners,
  type NoticeChannel,
  type NoticeEvent,
  type NoticeOwner,
  type NoticeRules,
} from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Check } from '../../kit/check.tsx';

const icons: Record<NoticeChannel, typeof Bell> = { banner: Bell, sound: Volume2, badge: BellDot };

/**
 * Settings of the notices: channels by event and owner, whether banners show their text, and why
 * they may not show at all.
 */
export function NoticesSection() {
  const store = usePart((s) => s.settings);
  const settings = useStoreOf(
    (s) => s.settings,
    (state) => state.settings,
  );
  if (!settings) return null;
  const { notices } = settings;
  const toggle = (event: NoticeEvent, owner: NoticeOwner, channel: NoticeChannel): void => {
    const channels = notices[event][owner];
    const next = channels.includes(channel)
      ? channels.filter((one) => one !== channel)
      : [...channels, channel];
    store.set({ notices: { ...notices, [event]: { ...notices[event], [owner]: next } } });
  };
  return (
    <>
      <Permission />
      <div className="setting">
        <p className="quiet">{texts.notices.hint}</p>
        <Matrix notices={notices} onToggle={toggle} />
      </div>
      <Check
        label={texts.notices.hideText}
        hint={texts.notices.hideTextHint}
        checked={settings.hide_text}
        onChange={(hide) => {
          store.set({ hide_text: hide });
        }}
      />
    </>
  );
}

interface MatrixProps {
  notices: NoticeRules;
  onToggle: (event: NoticeEvent, owner: NoticeOwner, channel: NoticeChannel) => void;
}

function Matrix({ notices, onToggle }: MatrixProps) {
  return (
    <table className="matrix">
      <Legend />
      <thead>
        <tr>
          <th scope="col">{texts.notices.what}</th>
          {noticeOwners.map((owner) => (
            <th key={owner} scope="col">
              {texts.notices.owners[owner]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {noticeEvents.map((event) => (
          <tr key={event}>
            <th scope="row">{texts.notices.events[event]}</th>
            {noticeOwners.map((owner) => (
              <td key={owner}>
                {/* A ticket that was given to me is mine. */}
                {(event !== 'assigned' || owner === 'mine') && (
                  <Channels event={event} owner={owner} notices={notices} onToggle={onToggle} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legend() {
  return (
    <caption>
      {noticeChannels.map((channel) => {
        const Icon = icons[channel];
        return (
          <span key={channel}>
            <Icon size={13} aria-hidden="true" /> {texts.notices.channels[channel]}
          </span>
        );
      })}
    </caption>
  );
}

interface ChannelsProps extends MatrixProps {
  event: NoticeEvent;
  owner: NoticeOwner;
}

function Channels({ event, owner, notices, onToggle }: ChannelsProps) {
  return (
    <span className="channels">
      {noticeChannels.map((channel) => (
        <Channel
          key={channel}
          channel={channel}
          on={notices[event][owner].includes(channel)}
          name={texts.notices.cell(
            texts.notices.events[event],
            texts.notices.owners[owner],
            texts.notices.channels[channel],
          )}
          onPress={() => {
            onToggle(event, owner, channel);
          }}
        />
      ))}
    </span>
  );
}

function Channel({
  channel,
  on,
  name,
  onPress,
}: {
  channel: NoticeChannel;
  on: boolean;
  name: string;
  onPress: () => void;
}) {
  const Icon = icons[channel];
  return (
    <button
      type="button"
      className="channel"
      role="switch"
      aria-checked={on}
      aria-label={name}
      title={texts.notices.channels[channel]}
      onClick={onPress}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

/** Says why banners cannot show: news then shows inside the window. */
function Permission() {
  const desk = usePart((s) => s.desk);
  const [permission, setPermission] = useState<'system' | 'unsupported' | NotificationPermission>(
    () =>
      desk.shell === 'electron'
        ? 'system'
        : typeof Notification === 'undefined'
          ? 'unsupported'
          : Notification.permission,
  );
  return (
    <div className="notice-state" role="status">
      <p>{texts.notices.permission[permission]}</p>
      {permission === 'default' && (
        <Button
          icon={<Bell size={14} aria-hidden="true" />}
          onClick={() => {
            void Notification.requestPermission().then(setPermission);
          }}
        >
          {texts.notifyAsk}
        </Button>
      )}
    </div>
  );
}

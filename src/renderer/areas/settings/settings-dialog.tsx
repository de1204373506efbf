import {
  AlarmClockOff,
  Bell,
  HardDrive,
  Info,
  Keyboard,
  ListTodo,
  SunMoon,
  Undo2,
  UserRound,
} from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { settingsSections, type SettingsSection } from './settings-store.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { AboutSection } from './about.tsx';
import { AccountSection } from './account.tsx';
import { AfterActionSection } from './after-action.tsx';
import { AppearanceSection } from './appearance.tsx';
import { NoticesSection } from '../notices/notices-settings.tsx';
import { QuietHoursSection } from '../notices/quiet-hours.tsx';
import { StorageSection } from './storage.tsx';
import { UndoSection } from './undo-window.tsx';

const icons: Record<SettingsSection, typeof Bell> = {
  account: UserRound,
  notifications: Bell,
  quiet: AlarmClockOff,
  undo: Undo2,
  tickets: ListTodo,
  appearance: SunMoon,
  shortcuts: Keyboard,
  storage: HardDrive,
  about: Info,
};

/**
 * The agent's own settings, by section. Each takes effect at once. `shortcuts`: a slot; its section
 * is not listed while it is empty.
 */
export function SettingsDialog({ shortcuts }: { shortcuts: ReactNode }) {
  const store = usePart((s) => s.settings);
  const { shown, section } = useStoreOf(
    (s) => s.settings,
    (state) => state,
  );
  if (!shown) return null;
  const listed = settingsSections.filter((one) => one !== 'shortcuts' || shortcuts !== null);
  return (
    <Dialog label={texts.settings} className="settings" onClose={store.hide}>
      <div className="settings-side">
        <h2>{texts.settings}</h2>
        <Tabs listed={listed} section={section} />
      </div>
      <div
        className="settings-panel"
        id="settings-panel"
        role="tabpanel"
        aria-labelledby={`settings-tab-${section}`}
        tabIndex={0}
      >
        <h3>{texts.settingsSections[section]}</h3>
        {section === 'shortcuts' ? shortcuts : <Section section={section} />}
      </div>
      <div className="dialog-end">
        <Button look="main" onClick={store.hide}>
          {texts.done}
        </Button>
      </div>
    </Dialog>
  );
}

interface TabsProps {
  listed: readonly SettingsSection[];
  section: SettingsSection;
}

function Tabs({ listed, section }: TabsProps) {
  const store = usePart((s) => s.settings);
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -listed.length, End: listed.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = listed[Math.min(listed.length - 1, Math.max(0, listed.indexOf(section) + step))];
    if (next === undefined) return;
    store.show(next);
    document.getElementById(`settings-tab-${next}`)?.focus();
  }
  return (
    <div
      role="tablist"
      aria-label={texts.settingsSectionsLabel}
      aria-orientation="vertical"
      className="settings-tabs"
      onKeyDown={onKeyDown}
    >
      {listed.map((one) => (
        <Tab key={one} section={one} selected={one === section} />
      ))}
    </div>
  );
}

function Tab({ section, selected }: { section: SettingsSection; selected: boolean }) {
  const settings = usePart((s) => s.settings);
  const Icon = icons[section];
  return (
    <button
      type="button"
      role="tab"
      id={`settings-tab-${section}`}
      aria-selected={selected}
      aria-controls="settings-panel"
      tabIndex={selected ? 0 : -1}
      autoFocus={selected}
      className="view"
      onClick={() => {
        settings.show(section);
      }}
    >
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span>{texts.settingsSections[section]}</span>
    </button>
  );
}

function Section({ section }: { section: Exclude<SettingsSection, 'shortcuts'> }): ReactNode {
  switch (section) {
    case 'account':
      return <AccountSection />;
    case 'notifications':
      return <NoticesSection />;
    case 'quiet':
      return <QuietHoursSection />;
    case 'undo':
      return <UndoSection />;
    case 'tickets':
      return <AfterActionSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'storage':
      return <StorageSection />;
    case 'about':
      return <AboutSection />;
  }
}

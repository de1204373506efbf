import type { Scenario } from './scenario.ts';

/** Apps, charts, exports and notifications. */
export const technical: readonly Scenario[] = [
  {
    category: 'technical',
    tags: ['export', 'csv', 'bug'],
    priorities: ['medium', 'high'],
    subjects: [
      'Export is cut off',
      'CSV is missing trades',
      'Export stops in {month}',
      'Downloaded file has only {count} rows',
      'Incomplete CSV for {year}',
      'CSV ends in the middle of a day',
    ],
    beats: [
      [
        'customer',
        'I exported my trades for {year} and the file stops in {month}. The website shows many more.',
        'The CSV for {year} has {count} rows and then simply ends. There is no error message.',
        'Export with a date range drops rows. Without the range it is complete, but then it is far too large.',
      ],
      [
        'agent',
        'Which range did you choose, and did you export from the app or the website?',
        'Could you tell me the first and last date in the file, and whether a filter for {instrument} was set?',
      ],
      [
        'customer',
        'From the website, the whole of {year}, no other filter. {browser} on a {computer}.',
        'First of January to the end of December. {browser}.',
        'Only the date range. The last row is {instrument}.',
      ],
      [
        'note',
        'Same as {bug}: the worker drops its cursor when a date filter is set. @{mate} can ' +
          'you confirm before I promise anything?',
        'Reproduced with a test account, {bug}. @{mate}, is the fix in this release?',
      ],
      [
        'colleague',
        'Confirmed, {bug}. Fix is in review, out on {soon} if nothing breaks.',
        'Yes, {bug}. Month by month is complete, please offer that meanwhile.',
      ],
      [
        'agent',
        'You did nothing wrong, that is a fault on our side. Exporting month by month ' +
          'gives complete files; the fix should be out by {later}.',
        'We found the cause. Until the fix is out on {soon}, please export each month on ' +
          'its own: those files are complete.',
      ],
      [
        'customer',
        'Month by month works, thank you.',
        'Good to know. A bit tedious, but the files are complete.',
        'Twelve files it is. Thanks for being open about it.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['charts', 'bug'],
    priorities: ['low', 'medium'],
    subjects: [
      'Chart drawings disappear',
      'My trend lines are gone',
      'Indicators reset every time',
      'Layout not saved',
      'Drawings on {instrument} lost again',
      'Two screens, one layout',
    ],
    beats: [
      [
        'customer',
        'Every drawing on the weekly chart of {instrument} is gone when I reload. On the daily chart they stay.',
        'My indicators reset whenever I switch from {instrument} to something else. Started with version {version}.',
        'I set up my charts every evening and every morning they look like last week.',
      ],
      [
        'agent',
        'Do you have it open anywhere else, on a second computer or on the phone?',
        'Could you tell me the version of {browser} and whether you are signed in on two devices at once?',
      ],
      [
        'customer',
        'a|Yes, I usually have it open on the {computer} and the {device}.',
        'a|At the office and at home. {browser} on both.',
        'b|Only one device. {browser}, newest version.',
        'b|No, only here. A private window shows the same.',
      ],
      [
        'note?',
        'a|Layout is saved per device and the later one wins. @{mate} is that intended?',
        'b|Reproduced on {version} with a weekly chart only. @{mate} storage key has the wrong interval.',
      ],
      [
        'agent',
        "a|Two open devices overwrite each other's layout, the later one wins. Closing one " +
          'before you edit keeps your drawings; we are changing that ({bug}).',
        'b|Thank you, I can reproduce it with version {version}. It is {bug} now and I ' +
          'have added your account, so you hear when it is fixed.',
      ],
      [
        'customer',
        'That explains it. Looking forward to the fix.',
        'a|OK, I will keep it to one window for now.',
        'b|At least I am not imagining it. Thank you.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['charts'],
    priorities: ['medium', 'low'],
    subjects: [
      'Chart of {instrument} stays empty',
      'No candles, only axes',
      'White chart in {browser}',
      'Charts do not load at the office',
      'Connection lost every few seconds',
    ],
    beats: [
      [
        'customer',
        'The chart of {instrument} is empty, just the axes. Same for all others. {browser} on a {computer}.',
        'At home everything is fine, at the office the charts stay white and it says "Connecting".',
        '"Connection lost" flashes every few seconds and the charts freeze. {browser}.',
      ],
      [
        'agent',
        'That looks as if live connections are blocked. Are you behind a company network ' +
          'or a VPN, and do you use an ad blocker?',
        'Please open https://example.com/check in the same browser and tell me which line is red.',
      ],
      [
        'customer',
        'a|The line "websocket" is red, all others are green.',
        'a|Company network, yes. I cannot change anything there.',
        'b|There is an ad blocker. I never had problems with it before.',
        'b|VPN, because of my travels in {city}.',
      ],
      [
        'agent',
        'a|Then your firewall blocks websockets. Your IT can allow stream.example.com on ' +
          'port 443; until then switch on Settings, Data, "Slow connection", which needs ' +
          'none.',
        'b|Please allow our page in it and reload with Ctrl+Shift+R. The newest list of ' +
          'several blockers stops our price stream since {day}.',
      ],
      [
        'customer',
        'a|Slow mode works, thank you. I have forwarded the address to our IT.',
        'b|That was it. Charts are back.',
        'Works now. Thank you for the quick help.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['app', 'crash'],
    priorities: ['medium', 'low', 'high'],
    subjects: [
      'App crashes on start',
      'App {version} closes by itself',
      'White screen after the update',
      'Cannot open the app on my {device}',
      'Crash since {version}',
      'app not opening',
    ],
    beats: [
      [
        'customer',
        'Since the update to {version} the app closes as soon as I open it. {device}.',
        'White screen after the logo, nothing else. I reinstalled twice. {device}, app {version}.',
        'app doesnt open anymore on my {device}',
        'The app crashes whenever I tap on a position. {device}, version {version}.',
      ],
      [
        'agent',
        'a|Sorry about that. Do you have battery saver or a VPN switched on? Both have caused this with {version}.',
        'b|Could you clear the cache of the app and tell me whether the web version works meanwhile?',
      ],
      [
        'customer',
        'a|VPN is on, yes. Without it the app opens.',
        'a|Battery saver yes, no vpn.',
        'b|Web works. Cache cleared, no change.',
        'b|No change after clearing. The website is fine.',
      ],
      [
        'note?',
        'Crash group {bug}, about 40 users, all on {device}. @{mate} hotfix?',
        'Stack trace is the one of {bug}. @{mate} is the build already in the store?',
      ],
      [
        'agent',
        'a|Then it is the fault that we fixed in the version that went to the store today. ' +
          'With it the VPN and the battery saver can stay on.',
        'b|Thank you. The store has a corrected version since this morning, please update once more.',
        'I have good news, the corrected version is out. After the update it starts normally, no need to reinstall.',
      ],
      [
        'customer',
        'Updated, opens again.',
        'Works. Finally!',
        'ok works now',
        'Yes, it opens. And it feels faster, too.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['notifications'],
    priorities: ['low'],
    subjects: [
      'No price alerts on my phone',
      'Alerts come hours late',
      'Price alert for {instrument} never fired',
      'Push messages stopped',
      'Alert came {n} hours late',
    ],
    beats: [
      [
        'customer',
        'My alert for {instrument} did not come although the price was crossed at {time}. {device}.',
        'Price alerts arrive two or three hours late. By then they are worth nothing.',
        'Since {date} I get no push messages at all, {device}.',
      ],
      [
        'agent',
        'Alerts are sent the moment the price is crossed. Are notifications for the app ' +
          'set to "deliver quietly", or is a focus mode on?',
        'I can see that we sent the last one at {time}. Could you check the battery ' +
          'settings of the {device} for our app?',
      ],
      [
        'customer',
        'It was set to optimised. Changed it to unrestricted.',
        'You are right, a focus mode. I feel silly.',
        'Nothing special there. All permissions are on.',
      ],
      [
        'agent',
        'No need to worry, the setting hides well. Tell me if the next one is late and I will look at our side.',
        'I sent a test alert just now, did it come?',
      ],
      ['customer?', 'The test came within a second.', 'Got two alerts this morning, both on time.'],
    ],
  },
  {
    category: 'technical',
    tags: ['login', 'biometrics'],
    priorities: ['low', 'medium'],
    subjects: [
      'Face ID does not work any more',
      'Fingerprint login gone',
      'App asks for the password every time',
      'Passkey not recognised',
      'Biometric login after update',
    ],
    beats: [
      [
        'customer',
        'After the update to {version} the app asks for my password every time, the fingerprint is never offered.',
        'Face ID worked until {day}. Now it says "not set up" although it is.',
        'My passkey works on the {computer} but not on the {device}.',
      ],
      [
        'agent',
        'When biometrics of the phone change, the app forgets them for your safety. Did ' +
          'you add a finger or a face lately? Switching it off and on under Settings, ' +
          'Security helps.',
        'Please sign in with the password once, then Settings, Security, Biometrics: off, ' +
          'then on. Does it ask for the finger at that moment?',
      ],
      [
        'customer',
        'I added my left thumb, true. Off and on helped.',
        'It asks, and then it works. After closing the app it is gone again.',
        'No, the switch is grey.',
      ],
      [
        'agent',
        'Good. That was the new finger then: whoever adds one could otherwise open your account.',
        'Then it is {bug}, which is solved in the next version. Until then please keep the ' +
          'app open in the background, so that the password is not asked for each time.',
      ],
      ['customer?', 'Makes sense, actually.', 'Alright, I will wait for the update.'],
    ],
  },
  {
    category: 'technical',
    tags: ['performance'],
    priorities: ['low', 'medium'],
    subjects: [
      'Website extremely slow',
      'Portfolio page takes a minute',
      'Everything lags since {date}',
      'Slow at the open every day',
      'Order form freezes',
    ],
    beats: [
      [
        'customer',
        'The portfolio page takes almost a minute since {date}. I have about {qty} positions.',
        'Every day at the open the order form freezes for ten seconds. {browser}, {computer}, fast line.',
        'All pages lag. My other tabs are fine, so it is not my computer.',
      ],
      [
        'agent',
        'Could you open https://example.com/check, let it run and send me the number at the bottom?',
        'Does it get better when you close the news panel on the right?',
      ],
      [
        'customer',
        'a|The number is {ms} ms.',
        'b|Much better without the news. What is in there?',
        'b|Yes! Like day and night.',
      ],
      [
        'note?',
        '{account} has {qty} open alerts and all are drawn at once. @{mate} paging?',
        'News panel loads the whole history, {bug}. @{mate} can we switch it off for a few accounts?',
      ],
      [
        'agent',
        'a|That is slow indeed. Your account is on an older server; I had it moved, please sign out and in again.',
        'b|The panel loads far too many old headlines. That is corrected on {soon}; please leave it closed until then.',
      ],
      [
        'customer',
        'a|Now it is {percent} ms. Thank you!',
        'b|Fine, I do not need it anyway.',
        'Feels normal again.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['mobile-app', 'display'],
    priorities: ['low'],
    subjects: [
      'Numbers cut off on {device}',
      'Font too small in the app',
      'Text overlaps in the order form',
      'Cannot read the balance in dark mode',
      'Large text breaks the app',
    ],
    beats: [
      [
        'customer',
        'With large text switched on, the price field covers the Buy button on my {device}. My eyes are not the best.',
        'The balance is cut off after six digits in {version}. Luckily I know roughly what I own.',
        'In dark mode the limit price is dark grey on black. {device}.',
      ],
      [
        'agent',
        'Thank you, that is important to us. Could you send a screenshot, and tell me the text size that you use?',
        'That should not happen. A screenshot would help, please cover the numbers if you like.',
      ],
      [
        'customer',
        'Screenshot attached. Text size is the largest but one.',
        'Here you are. I turned the phone, there it is better.',
      ],
      ['note?', 'Overlap from 130 % on. @{mate} same root as {bug}?'],
      [
        'agent',
        'Passed on as {bug} with your picture. Turning the phone helps until it is out; I will write to you then.',
        'It will be in the version after {version}. Thank you for the picture, it made it easy to find.',
      ],
      ['customer?', 'Thank you for taking it seriously.', 'Great, I am in no hurry.'],
    ],
  },
];

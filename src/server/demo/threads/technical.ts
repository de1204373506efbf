import type { Scenario } from './scenario.ts';

/** Apps, charts, exports and the API. */
export const technical: readonly Scenario[] = [
  {
    category: 'technical', tags: ['export', 'csv', 'bug'], priorities: ['medium', 'high'],
    subjects: ['Export ends early with a date filter', 'CSV is missing trades', 'Trades missing from the CSV', 'Downloaded file has only {count} rows'],
    beats: [
      ['customer', 'I exported my trades for {year} and the file stops in {month}. The website shows many more.', 'The CSV for {year} has {count} rows and then simply ends. There is no error message.', 'Export with a date range drops rows. Without the range it is complete, but then it is far too large.'],
      ['agent', 'Which range did you choose, and did you export from the app or the website?', 'Could you tell me the first and last date in the file, and whether a filter for {instrument} was set?'],
      ['customer', 'From the website, the whole of {year}, no other filter. {browser} on a {computer}.', 'First of January to the end of December. {browser}.', 'Only the date range. The last row is {instrument}.'],
      ['note', 'Same as {bug}: the worker drops its cursor when a date filter is set. @{mate} can you confirm before I promise anything?', 'Reproduced with a test account, {bug}. @{mate}, is the fix in this release?'],
      ['colleague', 'Confirmed, {bug}. Fix is in review, out on {soon} if nothing breaks.', 'Yes, {bug}. Month by month is complete, please offer that meanwhile.'],
      ['agent', 'You did nothing wrong, that is a fault on our side. Exporting month by month gives complete files; the fix should be out by {later}.', 'We found the cause. Until the fix is out on {soon}, please export each month on its own: those files are complete.'],
      ['customer', 'Month by month works, thank you.', 'Good to know. A bit tedious, but the files are complete.'],
    ],
  },
  {
    category: 'technical', tags: ['charts', 'bug'], priorities: ['low', 'medium'],
    subjects: ['Chart drawings disappear', 'My trend lines are gone', 'Weekly chart of {instrument} stays empty', 'Indicators reset every time'],
    beats: [
      ['customer', 'Every drawing on the weekly chart of {instrument} is gone when I reload. On the daily chart they stay.', 'My indicators reset whenever I switch from {instrument} to something else. Started with version {version}.', 'Chart of {instrument} is empty on the {device}, just the axes.'],
      ['agent', 'Does it also happen in a private window, without extensions?', 'Could you tell me the version of {browser} and whether you are signed in on two devices at once?'],
      ['customer', 'Same in a private window. {browser}.', 'Yes, I usually have it open on the {computer} and the {device}.', 'Only one device. {browser}, newest version.'],
      ['note?', 'Layout is saved per device and the later one wins. @{mate} is that intended?'],
      ['agent', 'Two open devices overwrite each other\'s layout, the later one wins. Closing one before you edit keeps your drawings; we are changing that ({bug}).', 'Thank you, I can reproduce it with version {version}. It is {bug} now and I have added your account, so you hear when it is fixed.'],
      ['customer', 'That explains it. Looking forward to the fix.', 'OK, I will keep it to one window for now.'],
    ],
  },
  {
    category: 'technical', tags: ['api'], priorities: ['high', 'medium', 'high'],
    subjects: ['API key stopped working', '401 on every call since {time}', 'Rate limit too low for order status', 'Websocket closes after {n} minutes'],
    beats: [
      ['customer', 'We rotate keys every 90 days and this time the new one gives 401 on every call. Old one is revoked already.\n\nrequest id {requestId}', 'Websocket for {instrument} closes after {n} minutes with no reason. Reconnecting loses ticks. Last request id: {requestId}', 'We get 429 although we are well below the limit in your documentation. {requestId}'],
      ['agent', 'Thank you for the request id. Which scopes did you choose for the new key, and is an address list set?', 'I can see the calls. Do you send the key in the header or in the query?'],
      ['customer', 'Header, same code as before, only the key changed.', 'Scopes read and trade. The address list has our two servers.', 'We send it in the header. One thing: we moved to a new network on {day}.'],
      ['note', '{requestId} comes from an address that is not on their list. @{mate} can you double check, I do not want to send them round in circles.', 'Gateway says "unknown client", the key was created while the cache was stale. @{mate} can you flush it?'],
      ['agent', 'The calls arrive from an address that is not on the list of that key. Adding it should end the 401 within a minute.', 'Our gateway had not learned your new key. It has now; please try once more.'],
      ['customer', 'That was it. Maybe the error could say so?', 'Working again since {now}. Thank you.', 'Confirmed, 200 on all calls.'],
    ],
  },
  {
    category: 'technical', tags: ['app', 'crash'], priorities: ['medium', 'low'],
    subjects: ['App crashes on start', 'App {version} closes by itself', 'White screen after the update', 'Cannot open the app on my {device}'],
    beats: [
      ['customer', 'Since the update to {version} the app closes as soon as I open it. {device}.', 'White screen after the logo, nothing else. I reinstalled twice. {device}, app {version}.', 'app doesnt open anymore on my {device}'],
      ['agent', 'Sorry about that. Do you have battery saver or a VPN switched on? Both have caused this with {version}.', 'Could you clear the cache of the app and tell me whether the web version works meanwhile?'],
      ['customer', 'VPN is on, yes. Without it the app opens.', 'Web works. Cache cleared, no change.', 'no vpn. battery saver yes'],
      ['note?', 'Crash group {bug}, about 40 users, all {device} class. @{mate} hotfix?'],
      ['agent', 'Then it is the same fault that we fixed in the version that went to the store today. Please update once more.', 'Thank you. The store has a corrected version since this morning; after that the VPN can stay on.'],
      ['customer', 'Updated, opens again.', 'Works. Finally!', 'ok works now'],
    ],
  },
  {
    category: 'technical', tags: ['notifications'], priorities: ['low'],
    subjects: ['No price alerts on my phone', 'Alerts come hours late', 'Price alert for {instrument} never fired'],
    beats: [
      ['customer', 'My alert for {instrument} did not come although the price was crossed at {time}. {device}.', 'Price alerts arrive two or three hours late. By then they are worth nothing.'],
      ['agent', 'Are notifications for the app set to "deliver quietly", or is a focus mode on? Alerts are sent the moment the price is crossed.', 'I can see that we sent it at {time}. Could you check the battery settings of the {device} for our app?'],
      ['customer', 'It was set to optimised. Changed it to unrestricted.', 'You are right, a focus mode. I feel silly.'],
      ['agent', 'No need to, the setting hides well. Tell me if the next one is late again and I will look at our side.', 'That should be it. I sent a test alert just now, did it come?'],
    ],
  },
];

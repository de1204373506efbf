import type { Scenario } from './scenario.ts';

/** Keys, limits, streams and files of customers who connect by program. */
export const technicalApi: readonly Scenario[] = [
  {
    category: 'technical',
    tags: ['api', 'keys'],
    priorities: ['high', 'medium', 'urgent'],
    subjects: [
      'API key stopped working',
      '401 on every call since {time}',
      'New API key is rejected',
      'Key rotation broke our client',
      'AUTH-409 after key change',
      'Unauthorized since this morning',
    ],
    beats: [
      [
        'customer',
        'We rotate keys every 90 days and this time the new one gives 401 on every call. ' +
          'The old one is revoked already.\n\nrequest id {requestId}',
        'All calls answer 401 since {time}. Nothing was changed on our side. Request id {requestId}',
        'New key, right scopes, still "unauthorized". Our orders stand still. {requestId}',
      ],
      [
        'agent',
        'Thank you for the request id. Which scopes did you choose for the key, and is an address list set?',
        'I can see the calls. Do you send the key in the header or in the query?',
      ],
      [
        'customer',
        'a|Scopes read and trade. The address list has our two servers. We moved one of ' +
          'them to a new network on {day}.',
        'b|Header, same code as before, only the key changed.',
        'b|Header, scopes are read and trade, no address list.',
      ],
      [
        'note',
        'a|{requestId} comes from an address that is not on their list. @{mate} can you ' +
          'double check, I do not want to send them round in circles.',
        'b|Gateway says "unknown client", the key was created while the cache was stale. @{mate} can you flush it?',
      ],
      [
        'agent',
        'a|The calls arrive from an address that is not on the list of that key. Adding it ' +
          'should end the 401 within a minute.',
        'b|Our gateway had not learned your new key. It has now; please try once more.',
      ],
      [
        'customer',
        'a|That was it, the new network has another address to the outside. Maybe the error could say so?',
        'b|Working again since {now}. Thank you.',
        'Confirmed, 200 on all calls.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['api', 'rate-limit'],
    priorities: ['medium', 'low'],
    subjects: [
      'Rate limit too low for order status',
      '429 although we are below the limit',
      'HTTP 429 on /orders',
      'Higher API limit',
      'What counts against the rate limit?',
    ],
    beats: [
      [
        'customer',
        'We get 429 although we are well below the limit in your documentation. {requestId}',
        'Polling the status of {qty} orders uses up our limit in seconds. Can we have a higher one?',
        '429 every full minute on /orders. Request id {requestId}.',
      ],
      [
        'agent',
        'The limit is per key and second, and a burst of calls in the same second counts ' +
          'even if the minute is fine. How do you space them?',
        'Did you know that the stream /orders/events sends each change by itself? With it, no polling is needed.',
      ],
      [
        'customer',
        'All at once at the full minute, to be honest.',
        'We did not know the stream. Is there an example?',
        'We poll each order on its own, every two seconds.',
      ],
      [
        'agent',
        'Spreading them over the minute will end the 429. Or one call to ' +
          '/orders?status=open instead of one for each order.',
        'An example is at https://developers.example.com/streams/orders. I have doubled ' +
          'your limit for two weeks, so that you can change over in peace.',
      ],
      [
        'customer',
        'The list call does it. One request instead of {qty}.',
        'The stream is what we needed. Thanks for the two weeks.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['api', 'websocket'],
    priorities: ['medium', 'high'],
    subjects: [
      'Websocket closes after {n} minutes',
      'Stream drops ticks after reconnect',
      'Missing ticks for {instrument}',
      'Socket closed with 1006',
      'Price stream stops overnight',
    ],
    beats: [
      [
        'customer',
        'The websocket for {instrument} closes after {n} minutes with no reason. ' +
          'Reconnecting loses ticks. Last request id: {requestId}',
        'Socket closes with 1006 every night at about {time} and our client does not notice.',
        'After a reconnect we miss some seconds of {instrument}. How do we get them back?',
      ],
      [
        'agent',
        'Do you answer our ping? Without a pong for thirty seconds the server closes. And ' +
          'do you send the last sequence number when you come back?',
        'Which library do you use? Some do not answer pings while a callback is busy.',
      ],
      [
        'customer',
        'Python, and the callback writes to the database. That may well take a while.',
        'We ignored the ping so far. The sequence number we did not know.',
        'Java client, your own SDK, version {version}.',
      ],
      [
        'note?',
        'Their pong comes after 41 s, so it is them. @{mate} the SDK of {version} has the same habit.',
      ],
      [
        'agent',
        'Please move the slow part out of the callback, then the pong is in time. With ' +
          '"resume_from" and the last sequence number we send everything that you missed, up ' +
          'to five minutes.',
        'That is it then: without a pong we close. "resume_from" in the first message brings the missing ticks back.',
      ],
      [
        'customer',
        'Stable for a day now, and resume works. Thank you.',
        'No gap since yesterday. Should be on page one of your docs.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['api', 'sandbox'],
    priorities: ['low', 'medium'],
    subjects: [
      'Sandbox orders are never filled',
      'Test environment down?',
      'Sandbox answers 503',
      'Different answers in sandbox and live',
      'Paper trading API',
    ],
    beats: [
      [
        'customer',
        'a|Orders in the sandbox stay "accepted" for ever. Is there a way to get them filled?',
        'b|The sandbox answers 503 since {time}. Are you working on it?',
        'a|In live the field "fees" is an object, in the sandbox a number. Which one is right?',
      ],
      [
        'agent',
        'a|The sandbox fills by rules: an even quantity is filled, an odd one stays open, ' +
          '13 is rejected. It is on the last page of the guide. For the fields, live is ' +
          'right.',
        'b|It was not announced, so thank you. We are looking at it.',
      ],
      [
        'note?',
        'b|Disk full on the sandbox host, again. @{mate} who cleans up?',
        'a|Docs are wrong there since {month}. @{mate} {bug}.',
      ],
      [
        'customer',
        'a|Ah, odd quantity. That is funny. Thanks.',
        'a|OK, we stick to live. Please correct the sandbox.',
        'b|No hurry, we only test there.',
      ],
      [
        'agent',
        'a|It will be made alike with the next release of the sandbox ({bug}).',
        'b|It is back, with fresh data. Please create your test keys anew.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['import', 'tax-software'],
    priorities: ['low', 'medium'],
    subjects: [
      'Tax program cannot read your CSV',
      'Wrong decimal separator in the export',
      'Import into my spreadsheet fails',
      'Columns shifted in the export',
      'Excel shows dates as numbers',
    ],
    beats: [
      [
        'customer',
        'My tax program refuses your CSV, "column 7 is not a number". Last year it worked.',
        'In the export {instrument} has a comma in its name and all columns after it are shifted.',
        'The export has points as decimal separator and my spreadsheet makes dates out of the prices.',
      ],
      [
        'agent',
        'Could you send me the first three lines of the file as text? Then I can see what it trips over.',
        'In the export dialog there is "Format": which one is chosen there?',
      ],
      [
        'customer',
        'a|Here they are:\n\ndate;symbol;side;qty;price;fee;total\n' +
          '2026-01-05;{share};BUY;{qty};{price};1.50;{price2}\n' +
          '2026-01-09;{share};SELL;{qty};{price2};1.50;{price}',
        'b|"Standard". I did not dare to change it.',
        'b|There is only "International" on mine.',
      ],
      [
        'agent',
        'a|Thank you. Your program expects commas between the columns. In the export ' +
          'dialog choose "RFC 4180", then it reads it.',
        'b|Please choose your country under Settings, Region. Then dates, separators and decimals follow it.',
      ],
      [
        'customer',
        'Imported without a complaint. Thank you.',
        'b|Much better. {count} rows, all with dates.',
        'That works, great.',
      ],
    ],
  },
  {
    category: 'technical',
    tags: ['api', 'question'],
    priorities: ['low'],
    subjects: [
      'Is there an endpoint for dividends?',
      'API documentation for statements',
      'Question about pagination',
      'How do I get historical fees?',
      'Does the API support {instrument}?',
    ],
    beats: [
      [
        'customer',
        'Is there a call that gives me all dividends of a year? I only find them inside the statement PDF.',
        'How do I page through /trades? After the first page the cursor seems to be the same.',
        'Can I get {instrument} in one-minute bars further back than {month}?',
      ],
      [
        'agent',
        'Yes: /cash-movements?type=dividend&year={year}. It pages like all lists, with ' +
          '"next" in the answer. The page is https://developers.example.com/cash-movements',
        'Each answer carries "next"; send that as "cursor" until it is null. Do not compute it yourself, it is signed.',
        'Minute bars go back 24 months, daily bars twenty years. The parameter is "from", in UTC.',
      ],
      [
        'customer?',
        'Exactly what I was looking for.',
        'Thanks, got it running.',
        'I had overlooked that. Thank you.',
      ],
    ],
  },
];

import { account } from './account.ts';
import { accountMore } from './account-more.ts';
import { billing } from './billing.ts';
import { enFollowUps } from './en-follow-ups.ts';
import { funding } from './funding.ts';
import { fundingMore } from './funding-more.ts';
import { other } from './other.ts';
import type { LanguagePack } from './scenario.ts';
import { technical } from './technical.ts';
import { technicalApi } from './technical-api.ts';
import { trading } from './trading.ts';
import { tradingMore } from './trading-more.ts';

export const en: LanguagePack = {
  openings: ['Hello,', 'Hi,', 'Hi there,', 'Good morning,', 'Good afternoon,', 'Dear support team,', 'Hello Staffdesk team,', 'Hi team,', 'Dear Sir or Madam,', 'Hey,', 'Good evening,', 'Hello support,'],
  closings: ['Thanks', 'Thank you', 'Kind regards', 'Best regards', 'Many thanks in advance', 'Regards', 'Thanks in advance', 'Cheers', 'Looking forward to your reply', 'Best wishes', 'Thank you for your help'],
  agentOpenings: ['Hi {given},', 'Hello {given},'],
  agentClosings: ['{agent}'],
  thanks: [
    'Thank you, that solved it.', 'Perfect, thanks {agent}.', 'Great, thank you!', 'Thanks for the quick help.', 'That did it. Thank you {agent}.', 'All good now, thanks.', 'Thank you very much, you can close this.',
    'Excellent service, thank you.', 'Works. Thanks a lot!', 'Brilliant, thanks.', 'Confirmed on my side. Thank you.', 'Much appreciated, {agent}.', 'Thanks, that is all I needed.', 'Okay, thank you for explaining.',
    'Appreciate the honesty. Thanks.', 'Good, then we are done here. Thank you.', 'Thanks. Five stars from me, if anybody asks.', 'Sorted. Ta.', 'thanks a million',
  ],
  farewells: [
    'Glad to hear it. I am closing the ticket; a reply opens it again.', 'You are welcome, {given}. Have a good day.', 'Good to hear, {given}. I will close this now.', 'Thank you for confirming. If anything is still odd on {soon}, just answer here.',
    'My pleasure. I close the ticket, you can always write again.', 'Great. Thanks for your patience with us, {given}.', 'Happy that it works. Closing this one.', 'Thanks {given}, also for the clear description, it made this quick.',
    'You are welcome! I have passed your words on to {mate}, who did most of the work.',
  ],
  nudges: [
    'Any news on this?', 'Just checking in, is there an update?', 'It has been a few days now. Where are we with this?', 'Still waiting here.', 'Hello? I wrote on {startday} and have heard nothing since.', 'Could somebody tell me at least whether this is being worked on?',
    'Following up on my last message.', 'Sorry to bother you again, but I need an answer by {soon}.', 'Is {agent} on holiday? I have had no answer.', 'Bumping this up, nothing has changed on my side.', 'Same as before, I have just checked at {now}.',
    'I do not want to be a pain, but this is now open longer than I thought.', 'My question from last time is still open.', 'Can I get a realistic date please?', 'No change here. Should I do anything?', 'Have you had a chance to look at it?',
    'It is the end of the week and I still have no answer. What is the hold-up?', 'Another day, no news. Please let me know.', 'If you need anything else from me, tell me now, I am travelling from {soon}.', 'I checked again this morning. Nothing new.',
  ],
  holds: [
    'No news yet, I am sorry. I asked {mate} again this morning and will write to you by {soon} at the latest.', 'It is still with the team that has to check it. I have marked it as urgent and look at it again tomorrow.', 'I understand that waiting is annoying. We are waiting for an answer from outside, and I have just reminded them.',
    'Short update: {mate} took it over and expects a result by {soon}.', 'You have not been forgotten. The check takes longer than usual because of the holiday, I expect an answer on {soon}.', 'I have no result for you today. I will come back to you on {soon}, with or without news.',
    'Thank you for your patience. It is in the queue of the specialists, there are two cases before yours.', 'I spoke to {mate} a minute ago: one confirmation is missing, then we can finish this.', 'Sorry for the silence, I was off for two days and this should have been handed over. I am on it now.',
    'There is nothing for you to do. I expect to be able to tell you more on {soon}.',
  ],
  reminders: [
    'Did my last message reach you? I need that detail to go on.', 'I have not heard from you yet. Is this still a problem?', 'A short reminder, {given}: without your answer I cannot take the next step.', 'Could you let me know whether you still need help with this?', 'Just checking whether you had time to look at my question.',
    'I am keeping this open until {soon}. A short reply is enough.',
  ],
  timeouts: [
    'I am closing this as I have not heard back. A reply opens it again, nothing is lost.', 'As there was no answer I assume that it works again, and close the ticket.', 'No reply for a week, so I close this one. Please write here if it comes back.', 'Closing for now. If you find the time, just answer and I will pick it up where we stopped.',
  ],
  neverMinds: [
    'Never mind, I found it. Please close this.', 'Ignore this please, it works after a restart.', 'Solved it myself, sorry for the noise.', 'It came right by itself a few minutes after I wrote. You can close this.', 'Please disregard, my mistake.', 'Forget it, my wife had changed it without telling me.', 'It has just arrived. No need to answer.', 'Okay found the answer in the help pages. Closing.',
  ],
  bridges: [
    'While I have you, another thing.', 'One more question, I hope it is fine to ask it here.', 'Related, perhaps:', 'That is solved, but now I have something else.', 'Since you were so quick, here is the next one.', 'I would rather stay in this ticket than open a new one.', 'Something else came up today.', 'Hello again, I am back with a different problem.',
  ],
  followUps: enFollowUps.any,
  scenarios: [...account, ...accountMore, ...trading, ...tradingMore, ...funding, ...fundingMore, ...technical, ...technicalApi, ...billing, ...other],
};

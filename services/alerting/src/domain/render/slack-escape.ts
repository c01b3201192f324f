/** Text from logs is shown, not obeyed: no mention, no link, no channel call. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export const escapeSlack = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

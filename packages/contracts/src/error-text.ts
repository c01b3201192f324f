/** An error in one text: its type, then what it says. Either may be absent or empty; a type that the message begins with already is not said twice. */
export function errorText(type = '', message = ''): string {
  if (type === '' || message === '') return message || type;
  const isNamed = message.startsWith(type) && !/^\w/.test(message.slice(type.length));
  return isNamed ? message : `${type}: ${message}`;
}

/** What an error says below its type, where that stands by itself: the message without the type that it begins with. */
export function messageBelowType(type = '', message = ''): string {
  if (message === type) return '';
  return type !== '' && message.startsWith(`${type}: `) ? message.slice(type.length + 2) : message;
}

/** An error in one text: its type, then what it says. Either may be absent or empty; a type that the message begins with already is not said twice. */
export function errorText(type = '', message = ''): string {
  if (type === '' || message === '') return message || type;
  const isNamed = message.startsWith(type) && !/^\w/.test(message.slice(type.length));
  return isNamed ? message : `${type}: ${message}`;
}

/** Whether a text holds another one anywhere, in any case: what people type to find something. */
export const holdsText = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

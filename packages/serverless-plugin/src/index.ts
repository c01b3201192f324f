export { ServerlessLamplighter } from './plugin.ts';

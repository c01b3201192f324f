/** How the program is called on a machine that has nothing but Node. */
export const COMMAND = 'npx -y pnpm@10 lamplighter';

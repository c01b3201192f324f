#!/usr/bin/env node
import { runProgram } from './program.ts';
import { endWithReader } from './terminal/end-with-reader.ts';
import { processTerminal } from './terminal/process-terminal.ts';

endWithReader(process.stdout);
endWithReader(process.stderr);
process.exitCode = await runProgram(process.argv.slice(2), processTerminal());

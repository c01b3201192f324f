import { describe } from '@jest/globals';
import { testFaults } from './crash-cases.ts';

describe('the stream door', () => testFaults('stream'));

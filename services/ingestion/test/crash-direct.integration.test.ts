import { describe } from '@jest/globals';
import { testFaults } from './crash-cases.ts';

describe('the direct door', () => testFaults('direct'));

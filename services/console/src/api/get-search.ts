import * as z from 'zod';
import type { Found } from '../ports.ts';
import { type Endpoint, readInput } from './api-request.ts';

const Question = z.object({ q: z.string().trim().min(1).max(300) });

/** `GET /api/search?q` */
export const getSearch: Endpoint = ({ query }, { search }): Promise<Found> => search(readInput(Question, query).q);

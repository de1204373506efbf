import { z } from 'zod';

// The page's CSP forbids making code out of text, which zod would try for speed as soon as a schema
// is made: imported first.
z.config({ jitless: true });

import { z } from 'zod';

// The page's CSP forbids code made from text, which zod would try for speed as soon as a schema is
// created, so this module is imported first.
z.config({ jitless: true });

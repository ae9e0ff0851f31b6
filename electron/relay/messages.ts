import { z } from 'zod';
import { startProblems } from '#shared/desktop/DesktopBridge.ts';

/** A step of printing that only main can do, since windows are its own. `job` names one hidden window from `open` to `close`. */
export const printRequestSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('open'), job: z.number().int(), html: z.string() }),
  z.object({ step: z.literal('evaluate'), job: z.number().int(), expression: z.string() }),
  z.object({ step: z.literal('print'), job: z.number().int() }),
  z.object({ step: z.literal('close'), job: z.number().int() }),
]);
export type PrintRequest = z.infer<typeof printRequestSchema>;

/** As `home-session-<id>`; nothing of a person. */
export const secretNameSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_:.-]{0,127}$/);
/** What the relay asks of the secrets of this computer; nobody but main reaches the system's keyring. */
export const secretRequestSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('get'), name: secretNameSchema }),
  z.object({ act: z.literal('set'), name: secretNameSchema, value: z.string().max(8_192) }),
  z.object({ act: z.literal('delete'), name: secretNameSchema }),
]);
export type SecretRequest = z.infer<typeof secretRequestSchema>;

const assetSchema = z.object({ bytes: z.instanceof(Uint8Array), mediaType: z.string() });
/** A file that a printed page asks for, or null for what there is not. */
export type PrintAsset = z.infer<typeof assetSchema> | null;

/** What main asks of the utility process that hosts the relay. */
export const toRelaySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    dataFolder: z.string(),
    version: z.string(),
    /** The port of the relay before this one: open pages may call no other. 0: any. */
    port: z.number().int().min(0).max(65_535),
  }),
  z.object({ type: z.literal('stop') }),
  z.object({
    /** To `print` and to `secret`, by their number. */
    type: z.literal('answered'),
    id: z.number().int(),
    error: z.string().nullable(),
    value: z.unknown(),
  }),
  z.object({ type: z.literal('asset'), id: z.number().int(), job: z.number().int(), path: z.string() }),
]);
export type ToRelay = z.infer<typeof toRelaySchema>;

/** What the relay tells main. */
export const fromRelaySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.number().int(), launchSecret: z.string() }),
  z.object({ type: z.literal('failed'), kind: z.enum(startProblems), message: z.string() }),
  z.object({ type: z.literal('print'), id: z.number().int(), request: printRequestSchema }),
  z.object({ type: z.literal('secret'), id: z.number().int(), request: secretRequestSchema }),
  z.object({ type: z.literal('asset'), id: z.number().int(), asset: assetSchema.nullable() }),
]);
export type FromRelay = z.infer<typeof fromRelaySchema>;

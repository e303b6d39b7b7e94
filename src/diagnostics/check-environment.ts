import { VoiceError } from '../errors.js';
import { OPENING_STEPS } from '../session/connection/opening-steps.js';
import { within } from '../session/deadline.js';
import { VERSION } from '../version.js';
import { CHECK_MESSAGES, COMMON_MESSAGES } from './check-messages.js';
import type { Check, CheckRun, EnvironmentOptions, Finding } from './check-run.js';
import { checkAudioOutput } from './checks/audio-output.js';
import { checkConnection } from './checks/connection.js';
import { checkCalls, checkToken } from './checks/endpoints.js';
import { checkMicrophone, checkPermission } from './checks/microphone.js';
import { checkBrowser, checkPolicy, checkSecureContext } from './checks/page.js';
import type { CheckCode, CheckName, EnvironmentCheck, EnvironmentReport } from './environment-check.js';
import { failure } from './failure.js';
import { OpenResources } from './open-resources.js';
import { withoutPrivate } from './private-text.js';

interface Step {
  readonly check: Check;
  /** The checks without which this one makes no sense. */
  readonly needs: readonly CheckName[];
  /** What it may take, and the code of the error when that is over. */
  readonly seconds: number;
  readonly late: VoiceError['code'];
}

const { secret, answer, media } = OPENING_STEPS;

/** Endpoints and connection have the limits of a call. The visitor has a minute for each question. */
const STEPS: Readonly<Record<CheckName, Step>> = {
  browser: { check: checkBrowser, needs: [], seconds: 1, late: 'unsupported' },
  'secure-context': { check: checkSecureContext, needs: [], seconds: 1, late: 'unsupported' },
  policy: { check: checkPolicy, needs: [], seconds: 1, late: 'unsupported' },
  permission: {
    check: checkPermission,
    needs: ['browser', 'secure-context', 'policy'],
    seconds: 60,
    late: 'microphone-dismissed',
  },
  microphone: { check: checkMicrophone, needs: ['permission'], seconds: 15, late: 'microphone-busy' },
  token: { check: checkToken, needs: [], seconds: secret.seconds, late: 'token-failed' },
  calls: { check: checkCalls, needs: ['browser', 'token'], seconds: answer.seconds, late: 'signaling-failed' },
  connection: { check: checkConnection, needs: ['calls'], seconds: media.seconds, late: 'connection-failed' },
  'audio-output': { check: checkAudioOutput, needs: ['browser'], seconds: 70, late: 'unsupported' },
};

/** The names of all checks, in their order. */
export const CHECK_NAMES = Object.keys(STEPS) as readonly CheckName[];

/**
 * Checks everything that a call needs, one thing after the other, with a real call of a second or two. Call it in a
 * click, because browsers allow sound only there. Microphone, connection and audio context are closed at the end,
 * whatever the end is.
 * @throws the reason of `signal` if it aborts
 */
export async function checkEnvironment(options: EnvironmentOptions = {}): Promise<EnvironmentReport> {
  const { signal = new AbortController().signal, onBegin, onCheck } = options;
  signal.throwIfAborted();
  const resources = new OpenResources();
  const run: CheckRun = { options, resources, context: openContext(resources) };
  const checks: EnvironmentCheck[] = [];
  try {
    for (const name of CHECK_NAMES) {
      onBegin?.(name);
      const finding = blockedBy(name, checks) ?? (await find(STEPS[name], run, signal));
      signal.throwIfAborted();
      const check = resultOf(name, finding, run.secret?.value);
      checks.push(check);
      onCheck?.(check);
    }
  } finally {
    resources.close();
  }
  const first = ['failed', 'warning'].flatMap((status) => checks.find((check) => check.status === status) ?? [])[0];
  const status = first && first.status !== 'skipped' ? first.status : 'passed';
  return { status, first, version: VERSION, date: new Date().toISOString(), checks };
}

function openContext(resources: OpenResources): AudioContext | undefined {
  try {
    const context = new AudioContext();
    // Neither promise is awaited: in Firefox without an output device, they never settle.
    resources.add(() => void context.close().catch(() => {}));
    context.resume().catch(() => {});
    return context;
  } catch {
    return undefined;
  }
}

/** The finding for a check that cannot be made, because one that it needs has failed or was not made either. */
function blockedBy(name: CheckName, checks: readonly EnvironmentCheck[]): Finding | undefined {
  const blocks = ({ status, code }: EnvironmentCheck): boolean =>
    status === 'failed' || code === 'depends' || code === 'not-configured';
  const blocking = checks.find((check) => STEPS[name].needs.includes(check.name) && blocks(check));
  return blocking && { status: 'skipped', code: 'depends', details: { on: blocking.name } };
}

async function find({ check, seconds, late }: Step, run: CheckRun, signal: AbortSignal): Promise<Finding> {
  const expired = (): VoiceError => new VoiceError(late, `There was no answer within ${seconds} seconds.`);
  try {
    return await within(seconds * 1000, signal, expired, async (stepSignal) => check(run, stepSignal));
  } catch (error) {
    signal.throwIfAborted();
    return failure(error);
  }
}

function resultOf(name: CheckName, { status, code, details = {} }: Finding, secret: string | undefined) {
  const messages: Readonly<Partial<Record<CheckCode, string>>> = { ...CHECK_MESSAGES[name], ...COMMON_MESSAGES };
  const known = messages[code] ? code : 'unexpected';
  const clean = Object.entries(details).map(([key, value]) => [
    key,
    typeof value === 'string' ? withoutPrivate(value, secret) : value,
  ]);
  const result: EnvironmentCheck = {
    name,
    status,
    code: known,
    message: messages[known]!,
    details: Object.fromEntries(clean),
  };
  return result;
}
